package store

import (
	"context"
	"database/sql"

	"kith.app/internal/body"
)

// Staffed tells whether somebody who holds an office at a body has an account.
func (r reader) Staffed(ctx context.Context, at body.ID) (bool, error) {
	found := false
	err := r.each(ctx, func(rows *sql.Rows) error {
		var one int64
		found = true
		return rows.Scan(&one)
	}, `SELECT a.id FROM account a JOIN holding h ON h.person = a.person JOIN office o ON o.id = h.office WHERE o.body = $1 AND a.disabled = 0 LIMIT 1`, int64(at))
	return found, err
}
