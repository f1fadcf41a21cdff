package web

import (
	"strings"
	"testing"

	"kith.app/internal/access"
)

// where says of which body a right is needed to be shown an address.
type where uint8

const (
	anybody   where = iota // signed in, or not even that
	somewhere              // of any body
	atTop                  // of the association itself
	inBranch               // of the branch whose record is asked for
)

// asking says who is shown what: every address that is asked for stands here.
var asking = []struct {
	right access.Right
	at    where
	paths string
}{
	{"", anybody, "/r/{token} /r/{token}/sent /r/{token}/picture/{n} /feed/{token} / /{$} /p/{code} /begin /sign-in /more /help /me /search /history /deeds /deeds.xlsx /deeds/echo/day /deeds/echo/amount /deeds/echo/people " +
		"/people/find /people/echo/birth /households /places /office/tasks /paper.css /people/longevity"},
	{access.ReadFigures, somewhere, "/delegations /delegations/{id}/end /body/{id} /bodies /bodies/{code} /offices /offices/{id} /reports /settings /deeds/who /office/tasks.xlsx /bodies.xlsx /bodies.csv /figures /figures.xlsx " +
		"/calendar /calendar/paper /calendar/month /calendar/list /calendar/list.xlsx /calendar/on/{key} /calendar/feasts /calendar/feasts/{code} /calendar/feeds"},
	{access.ReadFigures, somewhere, "/ties/find"},
	{access.ReadFigures, somewhere, "/programmes /programmes.xlsx /programmes/standards /programmes/roll /programmes/roll/paper /programmes/standards/{code} /programmes/standards/{code}/paper /programmes/sets /programmes/sets.xlsx"},
	{access.KeepOffice, somewhere, "/programmes/new /programmes/sets/new"},
	{access.ReadFigures, inBranch, "/programme/{code} /programme/{code}/paper /programme/{code}/sheet /programme/{code}/{target} /programmes/sets/{code} /programmes/sets/{code}/sheet"},
	{access.PostDeeds, inBranch, "/programme/{code}/figures /programme/{code}/import"},
	{access.KeepOffice, inBranch, "/programme/{code}/edit /programme/{code}/new /programmes/sets/{code}/edit"},
	{access.ReadDeeds, somewhere, "/ties /ties.xlsx /ties/bodies /ties/due /ties/due.xlsx /ties/promises /ties/promises.xlsx /ties/owed /ties/owed.xlsx /ties/left /ties/of/{code}"},
	{access.KeepOffice, somewhere, "/ties/new"},
	{access.ReadDeeds, inBranch, "/tie/{code} /tie/{code}/paper /tie/{code}/files/{paper} /ties/promises/{id}"},
	{access.KeepOffice, inBranch, "/tie/{code}/edit /tie/{code}/stage /tie/{code}/claim /tie/{code}/promise /tie/{code}/review /tie/{code}/figure /tie/{code}/hand"},
	{access.ManageBody, atTop, "/ties/settings /ties/kinds/{code}"},
	{access.ReadRoll, somewhere, "/people /people.xlsx /people.csv /people/elsewhere /people/elsewhere.xlsx /households.xlsx /households.csv /longevity /longevity.xlsx"},
	{access.ReadDeeds, somewhere, "/deeds/visited /deeds/pupils /deeds/trips /deeds.csv"},
	{access.ReadFund, atTop, "/entries.xlsx /entries.csv"},
	{access.KeepRoll, somewhere, "/people/new /people/duplicates"},
	{access.PostDeeds, somewhere, "/deeds/new /deeds/brought /import /import/{token}/look"},
	{access.ReadOffice, somewhere, "/office /office/papers /office/papers.xlsx /office/meetings /office/handover /office/handover/state"},
	{access.KeepOffice, somewhere, "/office/papers/new /office/meetings/new /calendar/who /calendar/feasts/new"},
	{access.KeepOffice, atTop, "/calendar/settings"},
	{access.ReadOffice, inBranch, "/calendar/duties/{id} /calendar/duties/{id}/paper"},
	{access.FileReports, somewhere, "/reports/new"},
	{access.ManageBody, somewhere, "/bodies/new /offices/new"},
	{access.ReadFigures, atTop, "/people/census /reports/branches"},
	{access.KeepFund, atTop, "/fund/entries/new /fund/dues/take /fund/loans/new /fund/opening"},
	{access.ManageBody, atTop, "/people/longevity/settings /reports/branches/settings /reports/public /settings/users /settings/labels /settings/backup /settings/reform /settings/mail /settings/kinds /settings/kinds/{code} /reports/head"},
	{access.ReadFigures, inBranch, "/reports/{id} /reports/{id}/as/{as}"},
	{access.ReadDeeds, inBranch, "/deeds/{id} /deeds/{id}/print/{paper} /deeds/{id}/papers/{paper}"},
	{access.PostDeeds, inBranch, "/deeds/{id}/edit /deeds/{id}/cancel /deeds/{id}/papers/{paper}/remove"},
	{access.ReadRoll, inBranch, "/people/{id} /households/{id} /reports/roll"},
	{access.ReadHistory, inBranch, "/import/{id}"},
	{access.KeepRoll, inBranch, "/import/{id}/undo /people/{id}/edit /people/{id}/merge /people/{id}/death /people/{id}/household /people/{id}/leave /people/{id}/move /people/{id}/join"},
	{access.ReadFund, inBranch, "/fund /fund/who /fund/echo/amount /fund/echo/day /fund/entries /fund/entries.xlsx /fund/entries/{id} /fund/statement /fund/statement.xlsx " +
		"/fund/ledger/{id} /fund/donors /fund/budget /fund/closing /fund/dues /fund/dues.xlsx /fund/dues/reminder /fund/dues/{id} " +
		"/fund/entries/{id}/papers/{paper} /settings/series /fund/entries/{id}/paper.pdf /fund/entries/{id}/paper.docx /fund/statement/paper/{as} /fund/donors/paper/{as} /fund/loans /fund/loans/{id} /fund/stock /fund/stock/{id}/undo /fund/bank " +
		"/fund/cash-count /fund/cash-count/{id}/paper/{as} /settings/headings /settings/headings/{id} /settings/purposes /settings/norms /settings/norms/{id}/end"},
	{access.KeepFund, inBranch, "/fund/entries/{id}/reverse /fund/entries/{id}/papers/{paper}/remove"},
	{access.ReadOffice, inBranch, "/office/papers/{id} /office/papers/{id}/files/{digest} /office/meetings/{id} /office/meetings/{id}/paper /office/tasks/{id} " +
		"/office/handover/{id} /office/handover/{id}/paper"},
	{access.KeepOffice, inBranch, "/office/papers/{id}/edit"},
	{access.FileReports, inBranch, "/reports/{id}/words /reports/{id}/file /reports/{id}/drop"},
	{access.ManageBody, inBranch, "/bodies/{code}/edit /bodies/{code}/rename /offices/{id}/appoint /holdings/{id}/release /holdings/{id}/lend"},
	{access.ReadDeeds, somewhere, "/union /union/activities /union/activities.xlsx /union/plan /union/plan.xlsx /union/plan/paper " +
		"/union/delegations /union/delegations.xlsx /union/gifts /union/gifts.xlsx /union/gift-limits /union/rules /union/registers/{register} /union/registers/{register}/sheet /union/brief"},
	{access.ReadRoll, somewhere, "/union/people"},
	{access.ReadRoll, inBranch, "/union/people/{id}"},
	{access.PostDeeds, somewhere, "/union/activities/new /union/delegations/new /union/gifts/new"},
	{access.ReadDeeds, inBranch, "/union/activities/{id} /union/plan/{id} /union/delegations/{id} /union/delegations/{id}/paper /union/gifts/{id} /union/registers/{register}/{id}"},
	{access.TravelPapers, inBranch, "/union/delegations/{id}/travel"},
	{access.ReadFigures, somewhere, "/forms"},
	{access.ManageBody, somewhere, "/forms/new"},
	{access.ReadFigures, inBranch, "/forms/{code} /forms/{code}/figures /forms/{code}/figures.xlsx /forms/{code}/platform /forms/{code}/blank.xlsx /forms/{code}/replies.xlsx"},
	{access.ReadDeeds, inBranch, "/forms/{code}/unit/{unit} /forms/{code}/unit/{unit}/picture/{n}"},
	{access.PostDeeds, inBranch, "/forms/{code}/unit/{unit}/fill"},
	{access.FileReports, inBranch, "/forms/{code}/keys /forms/{code}/sheet /forms/{code}/sheet/{token}"},
	{access.ManageBody, inBranch, "/forms/{code}/edit /forms/{code}/questions /forms/{code}/questions/{n}"},
	{access.ReadFigures, somewhere, "/events /events.xlsx /events/{id} /unsettled /unsettled.xlsx"},
	{access.ReadDeeds, inBranch, "/events/{id}/papers/{paper} /settlements/{id}/papers/{paper}"},
	{access.ManageBody, inBranch, "/events/{id}/papers/{paper}/remove /settlements/{id}/papers/{paper}/remove"},
	{access.ReadFigures, inBranch, "/settlements/{id} /unsettled/{code}"},
	{access.ReadFigures, somewhere, "/contests /contests.xlsx /contests/statistics"},
	{access.ReadFigures, inBranch, "/contests/{id} /contests/{id}/table /contests/{id}/table/compare /contests/{id}/members /contests/{id}/members.xlsx /contests/{id}/stages /contests/{id}/contract /contests/{id}/contract.xlsx"},
	{access.FileReports, inBranch, "/contests/{id}/contract/{unit}"},
	{access.ReadFigures, inBranch, "/contests/{id}/table.xlsx /contests/{id}/papers /contests/{id}/papers/{kind} /contests/{id}/conference /contests/{id}/conference.xlsx"},
	{access.ReadDeeds, inBranch, "/contests/{id}/sheets.xlsx /contests/{id}/units/{unit} /contests/{id}/units/{unit}/why /contests/{id}/units/{unit}/files/{paper} /contests/{id}/units/{unit}/sheet.xlsx /contests/{id}/units/{unit}/evidence/{criterion} /contests/{id}/units/{unit}/evidence/{criterion}/files/{paper} /contests/{id}/units/{unit}/papers/{kind}"},
	{access.ManageBody, inBranch, "/contests/{id}/bring/table /contests/{id}/bring/table/{token}"},
	{access.PostDeeds, inBranch, "/contests/{id}/bring/sheets /contests/{id}/bring/sheets/{token}"},
	{access.ManageBody, somewhere, "/contests/new"},
	{access.ReadFigures, somewhere, "/contests/units/find"},
	{access.ManageBody, inBranch, "/contests/{id}/standings.xlsx /contests/{id}/table/new /contests/{id}/table/{criterion} /contests/{id}/table/{criterion}/strike /contests/{id}/settings " +
		"/contests/{id}/publish /contests/{id}/ties /contests/{id}/outcome /contests/{id}/members/{body} /contests/{id}/criteria/{criterion} /contests/{id}/matrix /contests/{id}/matrix.xlsx /contests/{id}/claims /contests/{id}/changes /contests/{id}/changes.xlsx " +
		"/contests/{id}/ballots /contests/{id}/ballots/new /contests/{id}/awards /contests/{id}/awards.xlsx /contests/{id}/flag /contests/{id}/awards/{honour} /contests/{id}/awards/{honour}/files/{paper} /contests/{id}/conference/{item}"},
	{access.ManageBody, inBranch, "/contests/{id}/totals /contests/{id}/totals.xlsx"},
	{access.ManageBody, inBranch, "/bodies/{code}/become /bodies/{code}/become/{kind} /unsettled/{code}/{what}"},
}

// Every address under which something is read is shown to whom it is meant for,
// and to nobody else.
func TestEveryAddressIsShownToWhomItIsMeantFor(t *testing.T) {
	r := newRights(t)
	meant := map[string]int{}
	for i, row := range asking {
		for path := range strings.FieldsSeq(row.paths) {
			meant[path] = i
		}
	}
	for role, actor := range r.actors {
		v := r.as(role)
		for _, pattern := range r.server.patterns {
			method, path, _ := strings.Cut(pattern, " ")
			if method != "GET" {
				continue
			}
			i, known := meant[path]
			if !known {
				t.Fatalf("%s is new: say in asking (rights_table_test.go) who may be shown it", pattern)
			}
			row := asking[i]
			may := map[where]bool{
				anybody: true, somewhere: actor.Somewhere(row.right), atTop: actor.Can(row.right, r.book.Root()), inBranch: actor.Can(row.right, r.branch.ID),
			}[row.at]
			// A record that is not there says so only to whom it would be shown.
			answer, got := v.ask("GET", r.path(pattern), "")
			shown := answer.StatusCode != 403 && answer.StatusCode != 404
			if shown && !may || answer.StatusCode == 403 && may || answer.StatusCode >= 500 {
				t.Errorf("%s asks for %s: %d, may %v: %.200s", role, pattern, answer.StatusCode, may, plainText(got))
			}
		}
	}
}

// The people of whom a page says that they see it are those who can open it.
func TestWhoCanSeeThisIsWhoIsShownIt(t *testing.T) {
	r := newRights(t)
	records := map[access.Right]string{
		access.ReadRoll: "GET /people/{id}", access.ReadDeeds: "GET /deeds/{id}", access.ReadFund: "GET /fund/entries/{id}", access.ReadOffice: "GET /office/papers/{id}",
	}
	for right, pattern := range records {
		seers, err := r.book.As(access.Operator("test")).WhoMay(t.Context(), right, r.branch.ID)
		if err != nil {
			t.Fatal(err)
		}
		said := map[int64]bool{}
		for _, s := range seers {
			said[int64(s.Person)] = true
		}
		for role, actor := range r.actors {
			answer, _ := r.as(role).ask("GET", r.path(pattern), "")
			if opened := answer.StatusCode == 200; opened != said[actor.Person] {
				t.Errorf("%s: %s is said to see it: %v, opens it: %v", pattern, role, said[actor.Person], opened)
			}
		}
	}
}
