// Writes the SDKs for Python and Go into the examples, as `pulumi package add` does it with an official CLI: the
// language hosts that are built from Go modules cannot.
//
//	cd tools/sdks && go run . ../..                  into the repository
//	cd tools/sdks && go run . ../.. /tmp/elsewhere   into another folder, for the test that compares the two
package main

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// Our schema refers to no other package, so that there is nothing to load.
type nothing struct{ schema.ReferenceLoader }

var generators = map[string]func(*schema.Package) (map[string][]byte, error){
	"python": func(pkg *schema.Package) (map[string][]byte, error) {
		return python.GeneratePackage("pulumi-language-python", pkg, nil, nothing{})
	},
	"go": func(pkg *schema.Package) (map[string][]byte, error) {
		return golang.GeneratePackage("pulumi-language-go", pkg, nil)
	},
}

func main() {
	root := os.Args[1]
	target := root
	if len(os.Args) > 2 {
		target = os.Args[2]
	}
	var spec schema.PackageSpec
	read(filepath.Join(root, "provider/src/plugin/schema.json"), &spec)
	var npm struct{ Version string }
	read(filepath.Join(root, "provider/package.json"), &npm)
	spec.Version = npm.Version
	for language, generate := range generators {
		pkg, problems, err := schema.BindSpec(spec, nothing{}, schema.ValidationOptions{})
		check(err)
		if problems.HasErrors() {
			log.Fatal(problems)
		}
		// As `package add` has it: it gives the SDK for Go a module of its own.
		pkg.SupportPack = true
		files, err := generate(pkg)
		check(err)
		folder := filepath.Join(target, "examples", language, "sdks/headshotpro")
		check(os.RemoveAll(folder))
		for name, content := range files {
			file := filepath.Join(folder, name)
			check(os.MkdirAll(filepath.Dir(file), 0o755))
			check(os.WriteFile(file, content, 0o644))
		}
	}
}

func read(file string, into any) {
	text, err := os.ReadFile(file)
	check(err)
	check(json.Unmarshal(text, into))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
