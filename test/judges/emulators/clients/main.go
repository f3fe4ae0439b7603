// Google's clients for Go against the sandbox: `node test/judges/with-sandbox.mjs go -C test/judges/emulators run ./clients`.
// The last line is `N passed, N failed`.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"sort"
	"strings"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"cloud.google.com/go/storage"
	"google.golang.org/api/googleapi"
	"google.golang.org/api/iterator"
	"google.golang.org/api/option"
)

var passed, failed int

func check(what string, work func() error) {
	if problem := work(); problem != nil {
		failed++
		fmt.Printf("FAILED %s: %v\n", what, problem)
		return
	}
	passed++
}

func equal(got, want any) error {
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return fmt.Errorf("got %#v, expected %#v", got, want)
}

func refused(problem error, code int, words string) error {
	var known *googleapi.Error
	if !errors.As(problem, &known) || known.Code != code || !strings.Contains(known.Error(), words) {
		return fmt.Errorf("expected %d with %q, got %v", code, words, problem)
	}
	return nil
}

func main() {
	ctx, end := context.WithTimeout(context.Background(), 40*time.Second)
	defer end()
	checkBigQuery(ctx)
	checkStorage(ctx)
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}

type row struct {
	ID  int64
	Day civil.Date
}

func checkBigQuery(ctx context.Context) {
	client, problem := bigquery.NewClient(ctx, "sandbox-project",
		option.WithEndpoint(os.Getenv("SANDBOX_URL")+"/bigquery/v2/"), option.WithoutAuthentication())
	if problem != nil {
		panic(problem)
	}
	defer client.Close()
	values := func(query *bigquery.Query) ([][]bigquery.Value, error) {
		rows, problem := query.Read(ctx)
		if problem != nil {
			return nil, problem
		}
		var all [][]bigquery.Value
		for {
			var one []bigquery.Value
			switch problem := rows.Next(&one); problem {
			case nil:
				all = append(all, one)
			case iterator.Done:
				return all, nil
			default:
				return nil, problem
			}
		}
	}
	check("bigquery: values of every type", func() error {
		got, problem := values(client.Query(`SELECT 1, 1.5, TRUE, 'x', DATE '2026-01-02', TIMESTAMP '2026-01-02 03:04:05.000006+00', [1, 2], NULL`))
		if problem != nil {
			return problem
		}
		moment := time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)
		return equal(got, [][]bigquery.Value{{int64(1), 1.5, true, "x", civil.Date{Year: 2026, Month: 1, Day: 2}, moment,
			[]bigquery.Value{int64(1), int64(2)}, nil}})
	})
	check("bigquery: parameters", func() error {
		query := client.Query("SELECT @n + 1, @s")
		query.Parameters = []bigquery.QueryParameter{{Name: "n", Value: 41}, {Name: "s", Value: "it's"}}
		got, problem := values(query)
		if problem != nil {
			return problem
		}
		return equal(got, [][]bigquery.Value{{int64(42), "it's"}})
	})
	dataset := client.Dataset("go_client")
	table := dataset.Table("days")
	check("bigquery: a dataset, and a table with partitions", func() error {
		if problem := dataset.Create(ctx, &bigquery.DatasetMetadata{Location: "EU"}); problem != nil {
			return problem
		}
		schema, problem := bigquery.InferSchema(row{})
		if problem != nil {
			return problem
		}
		if problem := table.Create(ctx, &bigquery.TableMetadata{Schema: schema,
			TimePartitioning: &bigquery.TimePartitioning{Field: "Day"}}); problem != nil {
			return problem
		}
		seen, problem := table.Metadata(ctx)
		if problem != nil {
			return problem
		}
		return equal([]any{seen.Schema[0].Required, seen.TimePartitioning.Field, seen.Location}, []any{true, "Day", "EU"})
	})
	check("bigquery: rows as a stream, once for each insertId", func() error {
		rows := []*bigquery.StructSaver{}
		for id := int64(1); id <= 3; id++ {
			one := row{id, civil.Date{Year: 2026, Month: 1, Day: int(id)}}
			schema, _ := bigquery.InferSchema(one)
			rows = append(rows, &bigquery.StructSaver{Schema: schema, InsertID: fmt.Sprint(id), Struct: one})
		}
		for times := 0; times < 2; times++ {
			if problem := table.Inserter().Put(ctx, rows); problem != nil {
				return problem
			}
		}
		got, problem := values(client.Query("SELECT COUNT(*) FROM go_client.days"))
		if problem != nil {
			return problem
		}
		return equal(got, [][]bigquery.Value{{int64(3)}})
	})
	check("bigquery: a dry run counts one partition", func() error {
		query := client.Query("SELECT ID FROM go_client.days WHERE Day = '2026-01-02'")
		query.DryRun = true
		job, problem := query.Run(ctx)
		if problem != nil {
			return problem
		}
		return equal(job.LastStatus().Statistics.TotalBytesProcessed, int64(16))
	})
	check("bigquery: a load job, and what it refuses", func() error {
		load := func(content string) error {
			source := bigquery.NewReaderSource(strings.NewReader(content))
			source.SourceFormat = bigquery.JSON
			job, problem := table.LoaderFrom(source).Run(ctx)
			if problem != nil {
				return problem
			}
			status, problem := job.Wait(ctx)
			if problem != nil {
				return problem
			}
			return status.Err()
		}
		if problem := load(`{"ID":4,"Day":"2026-01-04"}`); problem != nil {
			return problem
		}
		if load(`{"Day":"2026-01-04"}`) == nil {
			return errors.New("a row without a required value was taken")
		}
		return nil
	})
	check("bigquery: metadata that somebody else changed stay", func() error {
		_, problem := table.Update(ctx, bigquery.TableMetadataToUpdate{Description: "x"}, "stale")
		return refused(problem, http.StatusPreconditionFailed, "")
	})
	check("bigquery: mistakes have their place", func() error {
		_, problem := values(client.Query("SELECT FARM_FINGERPRINT('a')"))
		return refused(problem, http.StatusBadRequest, "FARM_FINGERPRINT at [1:8]")
	})
	check("bigquery: a dataset goes with its tables", func() error { return dataset.DeleteWithContents(ctx) })
}

func checkStorage(ctx context.Context) {
	client, problem := storage.NewClient(ctx, option.WithoutAuthentication())
	if problem != nil {
		panic(problem)
	}
	defer client.Close()
	bucket := client.Bucket("go-client")
	content := strings.Repeat("0123456789", 100_000)
	check("storage: a bucket, and an object in pieces", func() error {
		if problem := bucket.Create(ctx, "sandbox-project", nil); problem != nil {
			return problem
		}
		writer := bucket.Object("folder/a.txt").NewWriter(ctx)
		writer.ChunkSize = 256 * 1024
		if _, problem := io.WriteString(writer, content); problem != nil {
			return problem
		}
		return writer.Close()
	})
	check("storage: the content, and a range of it", func() error {
		reader, problem := bucket.Object("folder/a.txt").NewReader(ctx)
		if problem != nil {
			return problem
		}
		all, problem := io.ReadAll(reader)
		if problem != nil {
			return problem
		}
		part, problem := bucket.Object("folder/a.txt").NewRangeReader(ctx, 5, 10)
		if problem != nil {
			return problem
		}
		some, problem := io.ReadAll(part)
		if problem != nil {
			return problem
		}
		return equal([]any{string(all) == content, string(some)}, []any{true, "5678901234"})
	})
	check("storage: lists by a glob", func() error {
		for _, name := range []string{"b.csv", "folder/c.csv"} {
			writer := bucket.Object(name).NewWriter(ctx)
			if _, problem := io.WriteString(writer, "x"); problem != nil {
				return problem
			}
			if problem := writer.Close(); problem != nil {
				return problem
			}
		}
		var names []string
		for objects := bucket.Objects(ctx, &storage.Query{MatchGlob: "**.csv"}); ; {
			one, problem := objects.Next()
			if problem == iterator.Done {
				break
			}
			if problem != nil {
				return problem
			}
			names = append(names, one.Name)
		}
		sort.Strings(names)
		return equal(names, []string{"b.csv", "folder/c.csv"})
	})
	check("storage: preconditions, copies and compositions", func() error {
		object := bucket.Object("b.csv")
		writer := object.If(storage.Conditions{DoesNotExist: true}).NewWriter(ctx)
		_, _ = io.WriteString(writer, "y")
		if problem := refused(writer.Close(), http.StatusPreconditionFailed, ""); problem != nil {
			return problem
		}
		if _, problem := bucket.Object("d.csv").CopierFrom(object).Run(ctx); problem != nil {
			return problem
		}
		made, problem := bucket.Object("e.csv").ComposerFrom(object, bucket.Object("d.csv")).Run(ctx)
		if problem != nil {
			return problem
		}
		return equal(made.Size, int64(2))
	})
	check("storage: what is not there", func() error {
		if _, problem := bucket.Object("none").NewReader(ctx); !errors.Is(problem, storage.ErrObjectNotExist) {
			return fmt.Errorf("got %v", problem)
		}
		_, problem := bucket.Update(ctx, storage.BucketAttrsToUpdate{VersioningEnabled: true})
		return refused(problem, http.StatusNotImplemented, "versioning.enabled")
	})
}
