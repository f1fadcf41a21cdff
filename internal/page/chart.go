package page

import "kith.app/internal/chart"

// Bar is one bar of a chart.
type Bar = chart.Bar

// Series is a row of bars.
type Series = chart.Series
