package docx

import (
	"slices"
	"strings"
	"testing"

	"kith.app/internal/document/specimen"
)

// orders gives the order ECMA-376 demands of the children of an element.
// Word calls a file damaged when they come in another; LibreOffice does not
// mind and so does not tell.
func orders() map[string][]string {
	return map[string][]string{
		"pPr": strings.Fields(`pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
			suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind
			contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange`),
		"rPr": strings.Fields(`rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish
			webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath`),
		"tblPr": strings.Fields(`tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd
			tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription`),
		"tcPr": strings.Fields(`cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark`),
		"sectPr": strings.Fields(`headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols
			formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings`),
		"tbl":         strings.Fields(`tblPr tblGrid tr`),
		"tr":          strings.Fields(`tblPrEx trPr tc`),
		"tblBorders":  strings.Fields(`top left start bottom right end insideH insideV`),
		"tblCellMar":  strings.Fields(`top left start bottom right end`),
		"pgBorders":   strings.Fields(`top left bottom right`),
		"style":       strings.Fields(`name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr trPr tcPr`),
		"docDefaults": strings.Fields(`rPrDefault pPrDefault`),
		"settings":    strings.Fields(`writeProtection view zoom defaultTabStop characterSpacingControl compat`),
	}
}

func TestWordFindsEverythingInItsOrder(t *testing.T) {
	for name, d := range specimen.Papers() {
		for part, text := range unzipped(t, written(t, d)) {
			if !strings.HasPrefix(part, "word/") || !strings.HasSuffix(part, ".xml") {
				continue
			}
			for tag, order := range orders() {
				for _, e := range tree(t, text).FindElements("//" + tag) {
					at := 0
					for _, child := range e.ChildElements() {
						place := slices.Index(order, child.Tag)
						if place < at {
							t.Fatalf("%s, %s: %s stands at the wrong place in %s", name, part, child.Tag, tag)
						}
						at = place
					}
				}
			}
		}
	}
}
