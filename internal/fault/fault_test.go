package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestGatherKeepsOrderAndLetsTroubleThrough(t *testing.T) {
	joined := Gather(nil, Field("name", "a"), Gather(Field("day", "b"), nil))
	faults := All(fmt.Errorf("post: %w", joined))
	if len(faults) != 2 || faults[0].Field != "name" || faults[1].Field != "day" {
		t.Fatalf("faults = %v, want name then day", faults)
	}
	if Gather(nil, nil) != nil {
		t.Fatal("no faults must be no error")
	}
	trouble := errors.New("disk")
	if got := Gather(Field("name", "a"), trouble); got != trouble {
		t.Fatalf("got %v, want the trouble itself", got)
	}
	if KindOf(trouble) != Internal || KindOf(joined) != Invalid {
		t.Fatal("kinds are mixed up")
	}
}
