// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import Server

/// `psws-server archive`: verifies the archive and moves it.
struct ArchiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Check the archive, or move it to another computer.",
        subcommands: [CheckArchiveCommand.self, ExportArchiveCommand.self, ImportArchiveCommand.self])
}

/// Where the archive is.
struct ArchivePlace: ParsableArguments {
    @Option(help: ArgumentHelp("Configuration file that says where the archive is.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Directory of the archive (default: ./psws-data).", valueName: "dir"))
    var data: String?

    func open(_ use: DataDirectory.Use) throws -> EventArchive {
        let configuration = try config.map { try ServerConfiguration(path: $0) } ?? ServerConfiguration()
        return try EventArchive(in: DataDirectory(path: data ?? configuration.dataDirectory, use: use))
    }
}

/// `psws-server archive check`.
struct CheckArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the database and every packet in it.",
        discussion: "The server may run meanwhile. Exit code 0 if the archive is sound, 1 if not.")

    @OptionGroup var place: ArchivePlace

    func run() async throws {
        let check = try await place.open(.reading).check()
        for fault in check.faults { StandardError.write(fault) }
        StandardOutput.write(
            "\(check.events) events with \(check.packetBytes) bytes, \(check.faults.count) faults")
        guard check.faults.isEmpty else { throw ExitCode.failure }
    }
}

/// `psws-server archive export`.
struct ExportArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all events into a tar file: the packets as XML files, and an index.",
        discussion: "The server may run meanwhile; what it takes then may be left out.")

    @OptionGroup var place: ArchivePlace

    @Argument(help: "The tar file to write.")
    var file: String

    func run() async throws {
        let count = try await place.open(.reading).export(to: file)
        StandardOutput.write("\(file): \(count) events")
    }
}

/// `psws-server archive import`.
struct ImportArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take all events from a tar file that 'archive export' has written.",
        discussion: """
            Events that are in the archive already stay as they are. The server must not run meanwhile. Exit code 0 if \
            every file was taken, 1 if not.
            """)

    @OptionGroup var place: ArchivePlace

    @Argument(help: "The tar file to read.")
    var file: String

    func run() async throws {
        let archive = try place.open(.serving)
        let outcome = try await archive.importEvents(from: file)
        try archive.close()
        for refusal in outcome.refused { StandardError.write(refusal) }
        StandardOutput.write(
            "\(outcome.stored) events taken, \(outcome.known) were known, \(outcome.refused.count) refused")
        guard outcome.refused.isEmpty else { throw ExitCode.failure }
    }
}
