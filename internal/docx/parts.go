package docx

import (
	"fmt"
	"strings"
)

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// namespaces of the parts that hold text.
const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
	`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

const (
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	mimes     = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// parts gives the files of the zip.
func (c *composer) parts() []part {
	all := []part{
		{"[Content_Types].xml", c.contentTypes()},
		{"_rels/.rels", text(declaration,
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`,
			`<Relationship Id="rId1" Type="`, relations, `officeDocument" Target="word/document.xml"/>`,
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
			`</Relationships>`)},
		{"docProps/core.xml", c.core()},
		{"word/document.xml", text(declaration, `<w:document `, namespaces, `><w:body>`, c.String(), `</w:body></w:document>`)},
		{"word/styles.xml", c.styles()},
		{"word/settings.xml", text(declaration, `<w:settings `, namespaces, `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>`,
			`<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`)},
		{"word/header1.xml", text(declaration, `<w:hdr `, namespaces, `><w:p><w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr>`,
			`<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>`,
			`<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>`,
			`<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="separate"/></w:r>`,
			`<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t>2</w:t></w:r>`,
			`<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`)},
		{"word/header2.xml", text(declaration, `<w:hdr `, namespaces, `><w:p/></w:hdr>`)},
		{"word/_rels/document.xml.rels", c.relations()},
	}
	for _, p := range c.images {
		all = append(all, part{"word/media/" + p.name, p.data})
	}
	return all
}

func text(pieces ...string) []byte { return []byte(strings.Join(pieces, "")) }

func (c *composer) contentTypes() []byte {
	return text(declaration, `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`,
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
		`<Default Extension="xml" ContentType="application/xml"/>`,
		`<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>`,
		`<Override PartName="/word/document.xml" ContentType="`, mimes, `document.main+xml"/>`,
		`<Override PartName="/word/styles.xml" ContentType="`, mimes, `styles+xml"/>`,
		`<Override PartName="/word/settings.xml" ContentType="`, mimes, `settings+xml"/>`,
		`<Override PartName="/word/header1.xml" ContentType="`, mimes, `header+xml"/>`,
		`<Override PartName="/word/header2.xml" ContentType="`, mimes, `header+xml"/>`,
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`,
		`</Types>`)
}

func (c *composer) relations() []byte {
	var m markup
	m.put(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	one := func(id, kind, target string) {
		m.put(`<Relationship Id="%s" Type="%s%s" Target="%s"/>`, id, relations, kind, target)
	}
	one("rIdStyles", "styles", "styles.xml")
	one("rIdSettings", "settings", "settings.xml")
	one("rIdNumber", "header", "header1.xml")
	one("rIdBlank", "header", "header2.xml")
	for i, p := range c.images {
		one(fmt.Sprintf("rIdImage%d", i+1), "image", "media/"+p.name)
	}
	m.put(`</Relationships>`)
	return m.Bytes()
}

// core gives title, author, language and day for the file's properties.
func (c *composer) core() []byte {
	var m markup
	m.put(declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	m.put(`<dc:title>`)
	m.words(c.doc.Titled())
	m.put(`</dc:title><dc:creator>`)
	m.words(c.doc.Author)
	m.put(`</dc:creator><dc:language>%s</dc:language>`, tag(c.doc.Lang))
	if day := c.doc.Dated; len(day) == len("2006-01-02") {
		for _, name := range []string{"created", "modified"} {
			m.put(`<dcterms:%s xsi:type="dcterms:W3CDTF">`, name)
			m.words(day)
			m.put(`T00:00:00Z</dcterms:%s>`, name)
		}
	}
	m.put(`</cp:coreProperties>`)
	return m.Bytes()
}

// tag is the language as Word knows it: with a country.
func tag(lang string) string {
	switch lang {
	case "vi":
		return "vi-VN"
	case "fr":
		return "fr-FR"
	case "en":
		return "en-GB"
	}
	return lang
}

// styles gives the styles the text stands in.
func (c *composer) styles() []byte {
	var m markup
	m.put(declaration+`<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr>`, namespaces)
	m.put(`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>`)
	m.put(`<w:color w:val="000000"/><w:sz w:val="%d"/><w:szCs w:val="%d"/><w:lang w:val="%s" w:eastAsia="%s"/>`,
		half(c.doc.Page.Size), half(c.doc.Page.Size), tag(c.doc.Lang), tag(c.doc.Lang))
	m.put(`</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	m.put(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:widowControl/></w:pPr></w:style>`)
	for level := 1; level <= 3; level++ {
		m.put(`<w:style w:type="paragraph" w:styleId="Heading%d"><w:name w:val="heading %d"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>`, level, level)
		m.put(`<w:pPr><w:keepNext/><w:outlineLvl w:val="%d"/></w:pPr></w:style>`, level-1)
	}
	m.put(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>`)
	m.put(`<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	m.put(`</w:styles>`)
	return m.Bytes()
}
