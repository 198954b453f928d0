// SPDX-License-Identifier: Apache-2.0
import Testing
import UTC
import VOEvent

@Test func `An identifier comes apart and goes together again`() throws {
    let ivorn = try #require(IVORN("ivo://psws.irap/VOEvent/moon#a/b+c@2018"))
    #expect(ivorn.authority == "psws.irap" && ivorn.resourceKey == "VOEvent/moon" && ivorn.localID == "a/b+c@2018")
    #expect(ivorn.separator == .fragment && ivorn.stream == "ivo://psws.irap/VOEvent/moon")
    #expect(ivorn.description == "ivo://psws.irap/VOEvent/moon#a/b+c@2018")
    let query = try #require(IVORN("ivo://psws.irap/VOEvent?x"))
    #expect(query.separator == .query && query.localID == "x" && query.description == "ivo://psws.irap/VOEvent?x")
    #expect(IVORN("ivo://psws.irap")?.description == "ivo://psws.irap")
}

@Test(arguments: [
    ("http://a/b", "ivo://"), ("ivo://", "no authority"), ("ivo://ab/c#1", "three characters"),
    ("ivo://_ab/c#1", "letter or digit"), ("ivo://psws.irap/VOEvent/#x", "ends in /"), ("ivo://abc//d#x", "empty part"),
    ("ivo://abc/./d#x", "part . or .."), ("ivo://abc/../d#x", "part . or .."), ("ivo://abc/d e#x", "U+20"),
    ("ivo://abc/a\nb#x", "U+A"), ("ivo://abc/d#é", "U+E9"), ("ivo://abc/d#a#b", "\"#\""), ("ivo://a@c/d#x", "\"@\""),
])
func `Each fault of an identifier is named`(text: String, words: String) {
    #expect(IVORN.faults(in: text).contains { $0.contains(words) }, "\(IVORN.faults(in: text))")
    #expect(IVORN(text) == nil)
}

@Test func `Only the identifier of a packet needs a local part`() {
    #expect(IVORN.faults(in: "ivo://psws.irap/VOEvent").isEmpty)
    #expect(IVORN.faults(in: "ivo://psws.irap/VOEvent", needsLocalID: true).count == 1)
    #expect(IVORN.faults(in: "ivo://psws.irap/VOEvent#", needsLocalID: true).count == 1)
}

@Test func `An event's identifier says stream, station, time and number`() throws {
    let time = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05.250Z"))
    let ivorn = try #require(
        IVORN(authority: "psws.example", stream: "flashes/moon", station: "pic-du-midi", time: time, shortID: "7f3a"))
    #expect(ivorn.description == "ivo://psws.example/flashes/moon#pic-du-midi-20260301T211405.250Z-7f3a")
    #expect(IVORN(authority: "psws.example", stream: "moon/", station: "a", time: time, shortID: "1") == nil)
    #expect(IVORN(authority: "psws.example", stream: "moon", station: "a b", time: time, shortID: "1") == nil)
    #expect(IVORN(authority: "ps/ws", resourceKey: "", localID: "1") == nil)
}
