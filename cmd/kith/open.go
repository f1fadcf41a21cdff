package main

import (
	"context"
	"os/exec"
	"runtime"
)

// openBrowser shows an address in the reader's browser. It is a courtesy: where
// there is no browser, the address has been printed.
func openBrowser(ctx context.Context, address string) {
	var command *exec.Cmd
	switch runtime.GOOS {
	case "windows":
		command = exec.CommandContext(ctx, "rundll32", "url.dll,FileProtocolHandler", address)
	case "darwin":
		command = exec.CommandContext(ctx, "open", address)
	default:
		command = exec.CommandContext(ctx, "xdg-open", address)
	}
	if err := command.Start(); err == nil {
		go command.Wait() //nolint:errcheck // whatever the browser says
	}
}
