// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Console

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "Shows and changes the events that wait to be sent.",
        discussion: """
            An event lies in the outbox until the broker has acknowledged it: pending (waits to be sent), parked \
            (refused by the broker), sent, or damaged (not what was written). The agent may run meanwhile.
            """,
        subcommands: [List.self, Show.self, Retry.self, Drop.self], defaultSubcommand: List.self)

    /// Which outbox.
    struct Place: ParsableArguments {
        @Option(help: "Configuration file of the agent that names the outbox.", completion: .file())
        var config: String?

        @Option(help: "Directory of the outbox; stands in for --config.", completion: .directory)
        var directory: String?

        func open() throws -> Outbox {
            if let directory { return try Outbox.inspect(directory) }
            if let config { return try Outbox.inspect(AgentConfiguration.load(config).outbox.directory) }
            return try Outbox.inspect(AgentConfiguration.standard(for: .sky).outbox.directory)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the entries, oldest first; sent ones only with --all.")

        @OptionGroup var place: Place
        @Flag(help: "List sent events, too.")
        var all = false
        @Flag(help: "Print one JSON object a line for programs.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                let outbox = try place.open()
                let states = OutboxEntry.State.allCases.filter { all || $0 != .sent }
                var isEmpty = true
                for state in states {
                    for entry in try await outbox.list(state) {
                        isEmpty = false
                        StandardOutput.write(json ? entry.json : entry.summary)
                    }
                }
                if isEmpty, !json { StandardError.write(all ? "The outbox is empty." : "Nothing waits in the outbox.") }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one entry with its event.")

        @OptionGroup var place: Place
        @Argument(help: "Name of the entry, as 'outbox list' shows it.")
        var name: String
        @Flag(help: "Print one JSON object for programs, without the event.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                let outbox = try place.open()
                let entry = try await outbox.show(OutboxEntryName(validating: name))
                guard !json else { return StandardOutput.write(entry.json) }
                StandardOutput.write(entry.details)
                if entry.state != .damaged {
                    StandardOutput.write("")
                    StandardOutput.write(String(decoding: try await outbox.event(entry), as: UTF8.self))
                }
            }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets refused events be sent again; a running agent does so within half a minute.")

        @OptionGroup var place: Place
        @Argument(help: "Names of the entries.")
        var names: [String]

        func run() async throws {
            try await reportingErrors {
                let outbox = try place.open()
                for name in names {
                    try await outbox.retry(OutboxEntryName(validating: name))
                    StandardOutput.write("\(name): waits to be sent")
                }
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes events and their evidence for good, sent or not.")

        @OptionGroup var place: Place
        @Argument(help: "Names of the entries.")
        var names: [String]

        func run() async throws {
            try await reportingErrors {
                let outbox = try place.open()
                for name in names {
                    try await outbox.drop(OutboxEntryName(validating: name))
                    StandardOutput.write("\(name): removed")
                }
            }
        }
    }
}

/// Runs a command; an error becomes its lines on standard error and exit code 1, without the parser's own prefix, which
/// would spoil `file:line:column`.
private func reportingErrors(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch {
        StandardError.write("\(error)")
        throw ExitCode.failure
    }
}
