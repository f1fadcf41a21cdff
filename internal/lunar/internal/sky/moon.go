// Package sky reckons the two things a lunisolar calendar is made of: the
// instants of new moon and the sun's longitude; and from them, for a meridian,
// the months of a year.
//
// The formulas are those of Jean Meeus, Astronomical Algorithms (2nd edition,
// 1998): new moons of chapter 49, good to a few seconds in our centuries, and the
// Earth's place by the VSOP87 terms of his appendix III, good to about one second
// of arc, which the sun crosses in 25 seconds of time. Instants are days since
// 1970-01-01 00:00 UT with their fraction.
//
// The product reads the table made from this package; nothing reckons the sky
// while someone waits for a page.
package sky

import "math"

// epoch is the Julian day of 1970-01-01 00:00.
const epoch = 2440587.5

// NewMoon gives the instant of a new moon; number 0 is that of 6 January 2000,
// and those before are negative.
func NewMoon(number int) float64 {
	k := float64(number)
	t := k / 1236.85
	jde := 2451550.09766 + 29.530588861*k + t*t*(0.00015437+t*(-0.000000150+t*0.00000000073))
	return toUT(jde+moonTerms(k, t)+planetTerms(k, t)) - epoch
}

// moonTerms is how far the true new moon is from the mean one, for the unequal
// motion of the sun and the moon.
func moonTerms(k, t float64) float64 {
	e := 1 - 0.002516*t - 0.0000074*t*t
	sun := rad(2.5534 + 29.10535670*k - t*t*(0.0000014+0.00000011*t))
	moon := rad(201.5643 + 385.81693528*k + t*t*(0.0107582+t*(0.00001238-0.000000058*t)))
	arg := rad(160.7108 + 390.67050284*k - t*t*(0.0016118+t*(0.00000227-0.000000011*t)))
	node := rad(124.7746 - 1.56375588*k + t*t*(0.0020672+0.00000215*t))
	sum := -0.00017 * math.Sin(node)
	for _, term := range newMoonTerms {
		size := term.size * math.Pow(e, math.Abs(term.sun))
		if term.eccentric {
			size = term.size * e
		}
		sum += size * math.Sin(term.sun*sun+term.moon*moon+term.arg*arg)
	}
	return sum
}

// newMoonTerms are the sines of the table of chapter 49: their size in days and
// the multiples of the sun's anomaly, the moon's anomaly and its argument of
// latitude. The size shrinks with the eccentricity of the Earth's orbit as often
// as the sun's anomaly enters; in four small terms the book has it once or never.
var newMoonTerms = []struct {
	size           float64
	sun, moon, arg float64
	eccentric      bool
}{
	{-0.40720, 0, 1, 0, false},
	{0.17241, 1, 0, 0, false},
	{0.01608, 0, 2, 0, false},
	{0.01039, 0, 0, 2, false},
	{0.00739, -1, 1, 0, false},
	{-0.00514, 1, 1, 0, false},
	{0.00208, 2, 0, 0, false},
	{-0.00111, 0, 1, -2, false},
	{-0.00057, 0, 1, 2, false},
	{0.00056, 1, 2, 0, false},
	{-0.00042, 0, 3, 0, false},
	{0.00042, 1, 0, 2, false},
	{0.00038, 1, 0, -2, false},
	{-0.00024, -1, 2, 0, false},
	{-0.00007, 2, 1, 0, true},
	{0.00004, 0, 2, -2, false},
	{0.00004, 3, 0, 0, true},
	{0.00003, 1, 1, -2, true},
	{0.00003, 0, 2, 2, false},
	{-0.00003, 1, 1, 2, true},
	{0.00003, -1, 1, 2, true},
	{-0.00002, -1, 1, -2, true},
	{-0.00002, 1, 3, 0, true},
	{0.00002, 0, 4, 0, false},
}

// planetTerms are the corrections of chapter 49 for the pull of the planets.
func planetTerms(k, t float64) float64 {
	sum := 0.000325 * math.Sin(rad(299.77+0.107408*k-0.009173*t*t))
	for _, term := range [...]struct{ size, at, perMoon float64 }{
		{0.000165, 251.88, 0.016321},
		{0.000164, 251.83, 26.651886},
		{0.000126, 349.42, 36.412478},
		{0.000110, 84.66, 18.206239},
		{0.000062, 141.74, 53.303771},
		{0.000060, 207.14, 2.453732},
		{0.000056, 154.84, 7.306860},
		{0.000047, 34.52, 27.261239},
		{0.000042, 207.19, 0.121824},
		{0.000040, 291.34, 1.844379},
		{0.000037, 161.72, 24.198154},
		{0.000035, 239.56, 25.513099},
		{0.000023, 331.55, 3.592518},
	} {
		sum += term.size * math.Sin(rad(term.at+term.perMoon*k))
	}
	return sum
}

// toUT turns a Julian day of even time into one of the turning Earth.
func toUT(jde float64) float64 {
	return jde - deltaT(2000+(jde-2451545)/365.2425)/86400
}

// deltaT is how many seconds the Earth's turning is behind even time, by the
// polynomials of Espenak and Meeus (2006) for eclipses. From about 2030 on it is
// a forecast: a minute more or less by 2100.
func deltaT(year float64) float64 {
	t := year
	switch {
	case year < 1860:
		t -= 1800
		return poly(t, 13.72, -0.332447, 0.0068612, 0.0041116, -0.00037436, 0.0000121272, -0.0000001699, 0.000000000875)
	case year < 1900:
		t -= 1860
		return poly(t, 7.62, 0.5737, -0.251754, 0.01680668, -0.0004473624, 1.0/233174)
	case year < 1920:
		t -= 1900
		return poly(t, -2.79, 1.494119, -0.0598939, 0.0061966, -0.000197)
	case year < 1941:
		t -= 1920
		return poly(t, 21.20, 0.84493, -0.076100, 0.0020936)
	case year < 1961:
		t -= 1950
		return poly(t, 29.07, 0.407, -1.0/233, 1.0/2547)
	case year < 1986:
		t -= 1975
		return poly(t, 45.45, 1.067, -1.0/260, -1.0/718)
	case year < 2005:
		t -= 2000
		return poly(t, 63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599)
	case year < 2050:
		t -= 2000
		return poly(t, 62.92, 0.32217, 0.005589)
	case year < 2150:
		t = (year - 1820) / 100
		return -20 + 32*t*t - 0.5628*(2150-year)
	}
	t = (year - 1820) / 100
	return -20 + 32*t*t
}

// poly is a + bx + cx² + …
func poly(x float64, coefficients ...float64) float64 {
	sum := 0.0
	for i := len(coefficients) - 1; i >= 0; i-- {
		sum = sum*x + coefficients[i]
	}
	return sum
}

func rad(degrees float64) float64 { return math.Mod(degrees, 360) * math.Pi / 180 }
