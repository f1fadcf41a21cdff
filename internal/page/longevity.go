package page

// LongevityPage lists who is honoured for their age in a year.
type LongevityPage struct {
	Shell   Shell
	Filter  FilterHead
	Body    Pick
	Year    Field
	Unknown Flash // those whose birth says too little
	Table   Table
}
