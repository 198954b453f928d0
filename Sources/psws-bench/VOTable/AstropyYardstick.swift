// SPDX-License-Identifier: Apache-2.0

import Foundation
import VOTable

/// The same work done by astropy, the library of the field.
struct AstropyYardstick {
    /// Python with astropy.
    let python: String

    private static let program = """
        import sys, time
        from astropy.io.votable import parse
        start = time.perf_counter()
        table = parse(sys.argv[1])
        rows = len(table.get_first_table().array)
        read = time.perf_counter() - start
        start = time.perf_counter()
        table.to_xml(sys.argv[2], tabledata_format=sys.argv[3])
        print(read, time.perf_counter() - start)
        """

    /// Seconds that it takes to read a file and to write it again; nil if it cannot.
    func measure(_ file: String, _ form: VOTableSerialisation, in folder: String) -> (read: Double, write: Double)? {
        guard FileManager.default.isExecutableFile(atPath: python) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            "-W", "ignore", "-c", AstropyYardstick.program, file, "\(folder)/astropy.vot", form.rawValue,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        guard (try? process.run()) != nil else { return nil }
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let numbers = output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }
}
