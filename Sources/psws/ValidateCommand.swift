// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Console
import VOEvent

/// `psws validate`: everything that is wrong with VOEvent packets.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check VOEvent packets (2.0, 2.1, 1.1) and name every fault with line and column.",
        discussion: """
            Errors break XML or the schema of the packet's version. Warnings are what the schema lets pass although \
            the standard's text forbids it or brokers in use refuse it.
            Exit code 0 if all packets pass, 1 if one does not or cannot be read, 2 for wrong usage.
            """)

    @Flag(help: "Print one JSON object a line for each file: file, well_formed, version, valid, errors, warnings.")
    var json = false

    @Argument(help: ArgumentHelp("Packets to check; - is standard input.", valueName: "file"))
    var files: [String]

    func run() throws {
        let validator = VOEventValidator()
        let limit = VOEventValidator.defaultLimits.maximumBytes
        var allPass = true
        for file in files {
            let report: ValidationReport
            do {
                report = validator.validate(try InputFile.bytes(of: file, limit: limit), file: file)
            } catch {
                report = ValidationReport(unreadable: file, reason: error.description)
            }
            StandardOutput.write(json ? report.json : report.text)
            allPass = allPass && report.passes
        }
        if !allPass { throw ExitCode.failure }
    }
}
