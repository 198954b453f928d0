// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import VOTable

/// What the checkers of the field say of our tables, where they are installed (`apt install stilts python3-astropy`).
@Suite struct OtherReadersTests {
    /// What a shell command prints on both outputs; nil if it cannot run.
    private func output(of command: String) -> String? {
        guard let pipe = popen(command + " 2>&1", "r") else { return nil }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return pclose(pipe) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
    }

    private func withTable(_ body: (_ path: String) throws -> Void) throws {
        let path = "/tmp/psws-votable-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).vot"
        defer { unlink(path) }
        let bytes = try VOTableWriter.write(completeDocument())
        let file = try #require(fopen(path, "wb"))
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        try body(path)
    }

    @Test func `STILTS votlint finds nothing to say`() throws {
        guard output(of: "command -v stilts") != nil else { return print("skipped: stilts is not installed") }
        try withTable { path in
            #expect(output(of: "stilts votlint votable=\(path)") == "")
        }
    }

    @Test func `astropy reads every value without a warning`() throws {
        guard output(of: "python3 -c 'import astropy'") != nil else {
            return print("skipped: astropy is not installed")
        }
        try withTable { path in
            let program =
                "from astropy.io.votable import parse; import sys;"
                + "t = parse(sys.argv[1], verify=\"exception\").get_first_table().array;"
                + "print(t[\"frame\"][0], t[\"speed\"][0], t[\"count\"][0], t[\"pdyn\"][0], t[\"note\"][0])"
            #expect(
                output(of: "python3 -W error -c '\(program)' \(path)") == "5000000000 432.5 -7 0.1 5 < 6 & µ\n")
        }
    }
}
