package office

import (
	"regexp"
	"strconv"
	"strings"

	"kith.app/internal/fault"
)

// SettingQuorum says what share of those invited must be there, as written in
// the statutes: ">1/2", "2/3".
const SettingQuorum = "office.quorum"

// SettingProxies, when "yes", counts those represented as there.
const SettingProxies = "office.proxies"

// Quorum is the share of those invited that must be there.
type Quorum struct {
	Part, Of int
	Over     bool // more than the share, not just as much
	Proxies  bool // who is represented counts as there
}

var quorumForm = regexp.MustCompile(`^(>|≥)?\s*([1-9][0-9]?)\s*/\s*([1-9][0-9]?)$`)

// ParseQuorum reads a share: ">1/2" is more than half, "2/3" at least two
// thirds. Nothing is more than half, as most statutes have it.
func ParseQuorum(said string) (Quorum, error) {
	if strings.TrimSpace(said) == "" {
		said = ">1/2"
	}
	m := quorumForm.FindStringSubmatch(strings.TrimSpace(said))
	if m == nil {
		return Quorum{}, fault.Field("quorum", "meeting.quorum.form", said)
	}
	part, errPart := strconv.Atoi(m[2])
	of, errOf := strconv.Atoi(m[3])
	over := m[1] == ">"
	if errPart != nil || errOf != nil || part > of || over && part == of {
		return Quorum{}, fault.Field("quorum", "meeting.quorum.form", said)
	}
	return Quorum{Part: part, Of: of, Over: over}, nil
}

// Share writes the quorum as a fraction.
func (q Quorum) Share() string { return strconv.Itoa(q.Part) + "/" + strconv.Itoa(q.Of) }

// Needed is how many of those invited must be there.
func (q Quorum) Needed(invited int) int {
	if q.Of == 0 || invited == 0 {
		return 0
	}
	whole := invited * q.Part
	if q.Over {
		return whole/q.Of + 1
	}
	return (whole + q.Of - 1) / q.Of
}

// Counted is how many count as there.
func (q Quorum) Counted(t Turnout) int {
	if q.Proxies {
		return t.Came + t.Proxies
	}
	return t.Came
}

// Met tells whether enough were there.
func (q Quorum) Met(t Turnout) bool { return t.Invited > 0 && q.Counted(t) >= q.Needed(t.Invited) }
