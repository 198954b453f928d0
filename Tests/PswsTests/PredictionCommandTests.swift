// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Testing

@testable import psws

@Suite struct `Prediction commands` {
    @Test(arguments: [
        ["propagate", "--target", "pluto", "--from", "2016-05-01", "--to", "2016-05-02", "f"],
        ["propagate", "--target", "mars", "--from", "yesterday", "--to", "2016-05-02", "f"],
        ["propagate", "--target", "mars", "--from", "2016-05-03", "--to", "2016-05-02", "f"],
        ["propagate", "--target", "mars", "--from", "2016-05-01", "--to", "2016-05-02"],
        ["intervals", "--where", "pdyn > 3 km/s", "f"], ["intervals", "f"],
        ["intervals", "--where", "pdyn > 3", "--hysteresis", "2", "f"],
        ["propagate", "--target", "mars", "--from", "2016-05-01", "--to", "2016-05-02", "--members", "1", "f"],
        ["propagate", "--target", "mars", "--from", "2016-05-01", "--to", "2016-05-02", "--where", "x > 1", "f"],
    ])
    func `Wrong usage is told apart from bad input`(arguments: [String]) {
        #expect { try Psws.parseAsRoot(arguments) } throws: { Psws.exitCode(for: $0) == .validationFailure }
    }

    @Test(arguments: [
        ["propagate", "--target", "mars", "--from", "2016-05-01", "--to", "2016-05-02", "/nowhere/omni.dat"],
        ["intervals", "--where", "pdyn > 0.1 nPa", "/nowhere/jupiter.csv"],
    ])
    func `A file that cannot be read fails with exit code 1`(arguments: [String]) throws {
        var command = try Psws.parseAsRoot(arguments)
        #expect { try command.run() } throws: { Psws.exitCode(for: $0) == .failure }
    }

    @Test func `A bar grows to its end and no further`() {
        #expect(ProgressBar.text("x", 0.5) == "x [####################....................] 50 %")
        #expect(ProgressBar.text("x", 7).hasSuffix("#] 100 %") && ProgressBar.text("x", -1).hasSuffix(".] 0 %"))
    }
}
