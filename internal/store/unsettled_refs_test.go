package store_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"kith.app/internal/lineage"
	"kith.app/internal/store"
)

// settledAs says as what the rows that name an ended body through a column are
// listed among what it left unsettled.
var settledAs = map[string]lineage.What{
	"edge.parent":       lineage.Children,
	"office.body":       lineage.Offices, // by the holdings that have not ended
	"membership.body":   lineage.Members,
	"membership.member": lineage.Members, // of the body it is a member of
	"tie_party.body":    lineage.Ties,
	"promise.body":      lineage.Ties, // promised under a tie
	"deed.body":         lineage.Deeds,
	"line.body":         lineage.Deeds,
	"task.body":         lineage.Tasks,
	"fund.body":         lineage.Money,
	"fund_account.body": lineage.Money,
	"entry.body":        lineage.Entries,
	"stock_move.body":   lineage.Goods,
}

// staysWith says why what names an ended body through a column needs no settling.
var staysWith = map[string]string{
	"body_name.body": "its own names", "body_level.body": "its own levels", "official_code.body": "its own codes", "edge.child": "ended with it",
	"succession.from_body": "lineage itself", "succession.to_body": "lineage itself", "reform_unit.body": "lineage itself",
	"settlement.body": "the act itself", "settlement.heir": "the act itself",
	"change.body": "history never moves", "job.body": "history never moves", "person.body": "who keeps a record: goes with the membership",
	"person.household": "households end by their people", "holding.represents": "of an office elsewhere, ends with its term",
	"party.body": "who took part then", "tally.body": "follows the lines", "stated.body": "a figure of its day",
	"setting.body": "how it worked", "number_series.body": "numbers it drew", "purpose.body": "goes with the money", "posting.branch": "of an entry of its day",
	"posting.member": "of an entry of its day", "turnover.branch": "follows the postings", "closing.body": "acts of its fund", "budget.body": "plans of its fund",
	"due_rate.body": "its dues", "loan.body": "goes with the money", "cash_count.body": "acts of its fund", "norm.body": "its norms",
	"report.body": "filed in its name", "paper.body": "its register", "meeting.body": "with its deed", "handover.body": "acts of its offices",
	"attachment.body": "papers of its rows", "entry_ref.body": "of an entry of its day", "tie.body": "on whose books: goes with the parties",
	"contest.cluster": "of its year", "contest_unit.body": "of its year", "sheet.unit": "of its year", "sheet_move.unit": "of its year", "score.unit": "of its year",
	"score_change.unit": "of its year", "sheet_total.unit": "of its year", "sheet_group.unit": "of its year", "contract.unit": "of its year", "honour.unit": "won then", "conference_item.unit": "of its day",
	"result.unit": "of its year", "amendment.unit": "of its year", "flag_passing.cluster": "of its year", "flag_passing.giver": "of its year", "flag_passing.taker": "of its year",
	"handover.giver": "a person", "handover.taker": "a person", "criterion.parent": "another criterion",
	"activity.body": "what it did then", "body_country.body": "what it is concerned with", "union_plan.body": "of its year", "union_plan_item.body": "of its year",
	"protocol_gift.body": "in the register of the day it was given", "gift_limit.body": "its limits", "reception.host": "who received then", "travel_paper.body": "of a visit of its day", "visit.body": "with its deed", "union_register.body": "its registers", "protocol.body": "how a person is addressed",
	"form.body": "its forms", "form_key.unit": "opens what it was asked", "form_draft.unit": "half an answer of its day", "reply.unit": "what it reported", "reply_past.unit": "what it reported",
	"reply_count.body": "follows the replies", "reply_sum.body": "follows the replies",
	"vote_rule.body": "its rules", "feast.body": "its feasts", "custom.body": "how it keeps occasions", "duty.body": "of an occasion of its day",
	"target_plan.body": "of its period", "target_plan.under": "another plan", "standard.body": "whose standard it was", "unit_status.body": "on whose books it stands", "unit_status.unit": "how it stood then",
}

// noBodies are the columns of whole numbers that name no body, wherever they stand.
var noBodies = strings.Fields(`
	about account actor added adder alias amount answered answers approval approver at atleast back balance before began began_first below birth_first birth_last
	booked brought closed count counted created credit day day_first day_last dead deadline debit deed den disabled done due due_last edition end_last ended entry
	event exact expires expiry filed_at filer filled gone guest handler hangs held holding id joined_first kept lacks last left_last link loan measure meeting
	membership merged_into month n nearly next num number office opened_at origin other over paper payer person place programme purpose qty question qualifier rank recorded
	recorder ref removed residence retired reversed reverses revision root saved late version period form judged approved returned same seat seats second sent series settled side lender made contest ord round ready criterion points bonus was_bonus base deduction scored signed ballot item asked asked_second interpreter precedence friend report_due report_done thanks_due thanks_sent shared total assigned signed_first since size step steps
	plain heard plan target term tie times typed undoes undone undone_at until used void waits was withdrawn witness year job founded`)

// TestEveryReferenceToABodyIsSettledOrNoConcern: a new column of whole numbers
// says whether it names a body, and what of an ended one is then left unsettled.
func TestEveryReferenceToABodyIsSettledOrNoConcern(t *testing.T) {
	counted := store.Remaining()
	for _, column := range wholeNumbers(t) {
		_, name, _ := strings.Cut(column, ".")
		what, settled := settledAs[column]
		switch {
		case settled && !slices.Contains(counted, what):
			t.Errorf("%s is settled as %s, which nothing counts", column, what)
		case settled, staysWith[column] != "", slices.Contains(noBodies, name) && column != "job.body":
		default:
			t.Errorf("%s: does it name a body? Then say in settledAs what of an ended one is left by it, or in staysWith why nothing is; otherwise put its name among noBodies", column)
		}
	}
	for _, what := range lineage.Whats() {
		if !slices.Contains(counted, what) {
			t.Errorf("%s is never counted", what)
		}
	}
	all := wholeNumbers(t)
	for _, column := range slices.Concat(slices.Collect(maps.Keys(settledAs)), slices.Collect(maps.Keys(staysWith))) {
		if !slices.Contains(all, column) {
			t.Errorf("%s is no column any more", column)
		}
	}
}
