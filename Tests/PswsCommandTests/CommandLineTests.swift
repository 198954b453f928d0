// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Testing

@testable import psws

@Test func `The validate command takes files and a flag`() throws {
    let command = try #require(try Psws.parseAsRoot(["validate", "--json", "a.xml", "-"]) as? ValidateCommand)
    #expect(command.json && command.files == ["a.xml", "-"])
}

@Test(arguments: [["validate"], ["validate", "--nonsense", "a"], ["nonsense"]])
func `Wrong usage is told apart from bad input`(arguments: [String]) {
    #expect { try Psws.parseAsRoot(arguments) } throws: { Psws.exitCode(for: $0) == .validationFailure }
}

@Test func `A file that cannot be read fails with exit code 1`() throws {
    var command = try Psws.parseAsRoot(["validate", "--json", "/nowhere/at/all.xml"])
    #expect { try command.run() } throws: { Psws.exitCode(for: $0) == .failure }
}
