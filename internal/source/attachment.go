package source

// Attachment is a file kept as evidence of a record: a paper, a photograph.
type Attachment struct {
	ID      int64  `json:"id"`
	Body    int64  `json:"body"` // whose readers may see it
	Subject string `json:"subject"`
	Ref     int64  `json:"ref"`
	Digest  string `json:"digest"` // SHA-256 of the content, in hexadecimal
	Name    string `json:"name"`
	Type    string `json:"type"`
	Size    int64  `json:"size"`
	Added   int64  `json:"added"` // Unix milliseconds
	Adder   int64  `json:"adder,omitempty"`
	Removed bool   `json:"removed,omitempty"`
}
