//go:build tools

// Package emulators names the programs to build, so that go.mod and go.sum pin them and all they are made of.
package emulators

import (
	_ "github.com/fsouza/fake-gcs-server"
	_ "github.com/goccy/bigquery-emulator/cmd/bigquery-emulator"
)
