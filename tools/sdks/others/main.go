// Writes the SDKs for C# and Java into a folder, as `pulumi package add` does it with an official CLI. A module of its
// own: the two generators are made for an older CLI than the one beside this folder.
//
//	cd tools/sdks/others && go run . ../../.. /tmp/elsewhere
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	dotnet "github.com/pulumi/pulumi-dotnet/pulumi-language-dotnet/v3/codegen"
	"github.com/pulumi/pulumi-java/pkg/codegen/java"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// Our schema refers to no other package, so that there is nothing to load.
type nothing struct{ schema.ReferenceLoader }

var generators = map[string]func(*schema.Package) (map[string][]byte, error){
	"csharp": func(pkg *schema.Package) (map[string][]byte, error) {
		return dotnet.GeneratePackage("pulumi-language-dotnet", pkg, nil, nil)
	},
	"java": func(pkg *schema.Package) (map[string][]byte, error) {
		return java.GeneratePackage("pulumi-language-java", pkg, nil, nil, true, false)
	},
}

func main() {
	root, target := os.Args[1], os.Args[2]
	var spec schema.PackageSpec
	read(filepath.Join(root, "provider/src/plugin/schema.json"), &spec)
	var npm struct{ Version string }
	read(filepath.Join(root, "provider/package.json"), &npm)
	spec.Version = npm.Version
	spec.LogoURL = localLogo(root)
	for language, generate := range generators {
		pkg, problems, err := schema.BindSpec(spec, nothing{}, schema.ValidationOptions{})
		check(err)
		if problems.HasErrors() {
			log.Fatal(problems)
		}
		pkg.SupportPack = true
		files, err := generate(pkg)
		check(err)
		for name, content := range files {
			file := filepath.Join(target, language, name)
			check(os.MkdirAll(filepath.Dir(file), 0o755))
			check(os.WriteFile(file, content, 0o644))
		}
	}
}

// The generator for C# fetches the logo. Here it finds the repository's own, without the network.
func localLogo(root string) string {
	http.DefaultTransport.(*http.Transport).RegisterProtocol("file", http.NewFileTransport(http.Dir("/")))
	logo, err := filepath.Abs(filepath.Join(root, "docs/images/logo.svg"))
	check(err)
	return (&url.URL{Scheme: "file", Path: logo}).String()
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
