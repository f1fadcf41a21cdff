// Package world knows the countries and towns of the world and where they lie:
// names in several languages, coordinates, coastlines and borders, and the
// provinces of Viet Nam as they are drawn before and after the reform of 2025.
//
// A name is found in the spellings people use ("Viêng Chăn", "Vientiane"), with
// the country beside it where it is given: "Daejeon (KR)", "Champasak, Lào".
// Namesakes are all returned; which of them was meant is never guessed.
//
// Nothing is read before it is asked for. Towns are from GeoNames, borders from
// world-atlas (Natural Earth) and from the shapes of Viet Nam's provinces, names
// of countries from Unicode's CLDR; their licences lie beside this file, and gen
// makes countries.tsv, cities.tsv.gz and shapes.bin.gz from them. What is known
// besides, in other spellings, stands in names.txt.
package world

import "math"

// Spot is a place on the globe, in degrees north and east.
type Spot struct{ Lat, Lon float64 }

// Known says whether the spot was ever given; nothing that people twin with lies
// where both degrees are nought.
func (s Spot) Known() bool { return s != Spot{} }

// Kilometres gives how far it is to another spot along the ground.
func (s Spot) Kilometres(to Spot) float64 {
	const radius = 6371.0
	lat1, lat2 := radians(s.Lat), radians(to.Lat)
	a := squared(math.Sin((lat2-lat1)/2)) + math.Cos(lat1)*math.Cos(lat2)*squared(math.Sin(radians(to.Lon-s.Lon)/2))
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(a)))
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

func squared(v float64) float64 { return v * v }
