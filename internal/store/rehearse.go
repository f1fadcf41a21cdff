package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"kith.app/internal/reform"
)

// RehearseReform plays a reform into a copy of the book that nobody else sees, checks
// the copy and throws it away. It tells what would happen.
func (b *Book) RehearseReform(ctx context.Context, how Writing, p reform.Player, name string, held bool) (reform.Findings, error) {
	if err := reform.Check(name); err != nil {
		return reform.Findings{}, err
	}
	folder, err := os.MkdirTemp("", "kith-rehearsal-*")
	if err != nil {
		return reform.Findings{}, fmt.Errorf("make a folder for the copy: %w", err)
	}
	defer os.RemoveAll(folder) //nolint:errcheck // it is the system's to clear
	if err := b.CopyTo(ctx, filepath.Join(folder, FileName)); err != nil {
		return reform.Findings{}, err
	}
	copied, err := Open(ctx, Place{Dir: folder}, b.opts)
	if err != nil {
		return reform.Findings{}, err
	}
	defer copied.Close() //nolint:errcheck // it is thrown away
	p.Write = copied.ReformWriter(how)
	if _, err := p.Apply(ctx, name, held); err != nil {
		return reform.Findings{}, err
	}
	f := p.Findings(name)
	wrong, err := copied.Check(ctx)
	for _, w := range wrong {
		f.Wrong = append(f.Wrong, w.Part+": "+w.What)
	}
	return f, err
}
