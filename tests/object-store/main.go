// An S3-compatible object store in memory, on loopback, for the states of the tests and the bench.
//
//	go run . state        with a bucket `state`; prints its address, and ends with its standard input
//	go run . state 20ms   answers each request so much later, as a store does that is not on this machine
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

func main() {
	objects := s3mem.New()
	check(objects.CreateBucket(os.Args[1]))
	handler := gofakes3.New(objects).Server()
	if len(os.Args) > 2 {
		delay, err := time.ParseDuration(os.Args[2])
		check(err)
		handler = later(delay, handler)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	fmt.Printf("http://%s\n", listener.Addr())
	go func() { log.Fatal(http.Serve(listener, handler)) }()
	// However the process ends that started this one, its end of the pipe is closed then.
	_, err = io.Copy(io.Discard, os.Stdin)
	check(err)
}

func later(delay time.Duration, handler http.Handler) http.Handler {
	return http.HandlerFunc(func(reply http.ResponseWriter, request *http.Request) {
		time.Sleep(delay)
		handler.ServeHTTP(reply, request)
	})
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
