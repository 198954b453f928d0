// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `psws-bench footprint`: what the agent weighs on disk, in memory and at start-up.
struct FootprintBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footprint",
        abstract: "Size, start-up time and memory of the agent, beside what was promised.",
        discussion: """
            Measures a release build of psws-agent: the stripped binary; the start-up, as the median of 21 runs of \
            'psws-agent --version' less that of /bin/true; the resident memory of an agent that waits for its \
            camera; and, while it searches frames of a noisy sky that arrive through a pipe, 1280×720 at 30 a second \
            and 1920×1080 at 60, its peak memory and the share of one core that it takes. Times depend on the \
            machine; only sizes decide the exit code.
            """)

    @Option(help: "The agent to measure.")
    var agent = ".build/release/psws-agent"

    @Option(help: "Seconds of each video for memory and processor while watching.")
    var seconds = 20

    @Flag(help: "Print one JSON object instead of the table.")
    var json = false

    func run() throws {
        let figures = try Footprint(agent: URL(fileURLWithPath: agent), watchSeconds: max(1, seconds)).measure()
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            print(String(decoding: try encoder.encode(figures), as: UTF8.self))
        } else {
            for figure in figures {
                let name = figure.name.padding(toLength: 44, withPad: " ", startingAt: 0)
                let verdict = figure.measured <= figure.promised ? "kept" : "BROKEN"
                print(
                    name
                        + String(
                            format: "%8.1f %-3@ promised at most %5.0f: ", figure.measured, figure.unit as NSString,
                            figure.promised) + verdict)
            }
        }
        guard figures.allSatisfy({ $0.measured <= $0.promised || $0.unit != "MB" }) else { throw ExitCode(1) }
    }
}

/// One promise and what was measured of it.
struct FootprintFigure: Encodable {
    let name: String
    let measured: Double
    let promised: Double
    let unit: String
}

/// Runs the agent in its different states and reads the kernel's figures of it.
struct Footprint {
    let agent: URL
    let watchSeconds: Int

    func measure() throws -> [FootprintFigure] {
        let small = FootprintVideo(width: 1280, height: 720, framesPerSecond: 30)
        let large = FootprintVideo(width: 1920, height: 1080, framesPerSecond: 60)
        let (smallUse, largeUse) = (try watch(small), try watch(large))
        return [
            FootprintFigure(name: "binary, stripped", measured: try strippedMegabytes(), promised: 24, unit: "MB"),
            FootprintFigure(name: "start-up", measured: try startUpMilliseconds(), promised: 20, unit: "ms"),
            FootprintFigure(
                name: "resident memory, waiting for its camera", measured: try idleMegabytes(), promised: 16, unit: "MB"
            ),
            FootprintFigure(
                name: "peak memory, watching \(small)", measured: smallUse.peakMegabytes, promised: 64, unit: "MB"),
            FootprintFigure(
                name: "one core, watching \(small)", measured: smallUse.corePercent, promised: 15, unit: "%"),
            FootprintFigure(
                name: "peak memory, watching \(large)", measured: largeUse.peakMegabytes, promised: 96, unit: "MB"),
            FootprintFigure(
                name: "one core, watching \(large)", measured: largeUse.corePercent, promised: 100, unit: "%"),
        ]
    }

    private func strippedMegabytes() throws -> Double {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("psws-agent-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try run("/usr/bin/strip", ["-o", copy.path, agent.path])
        let bytes = try FileManager.default.attributesOfItem(atPath: copy.path)[.size] as? Int ?? 0
        return Double(bytes) / 1e6
    }

    private func startUpMilliseconds() throws -> Double {
        func median(_ path: String, _ arguments: [String]) throws -> Double {
            let times = try (0..<21).map { _ in
                let start = ContinuousClock.now
                try run(path, arguments)
                return (ContinuousClock.now - start) / .milliseconds(1)
            }
            return times.sorted()[10]
        }
        return max(0, try median(agent.path, ["--version"]) - median("/bin/true", []))
    }

    /// An agent whose camera is not there yet: everything is loaded, the delivery runs, no frame has come.
    private func idleMegabytes() throws -> Double {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("psws-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let configuration = directory.appendingPathComponent("agent.yaml")
        try Data(FootprintConfiguration.waitingForCamera(directory: directory.path).utf8).write(to: configuration)
        let process = try start(agent.path, ["run", "--config", configuration.path])
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        Thread.sleep(forTimeInterval: 3)
        guard process.isRunning else {
            throw FootprintError(message: "the agent ended instead of waiting for its camera")
        }
        return try kilobytes("VmRSS", of: process) / 1024
    }

    /// An agent that searches a video as it comes: its peak of memory, and what it takes of one core after the first
    /// quarter, in which it still learns the noise.
    private func watch(_ video: FootprintVideo) throws -> (peakMegabytes: Double, corePercent: Double) {
        let process = Process()
        process.executableURL = agent
        process.arguments = ["replay", "--target", "sky", "--json", "-"]
        let input = Pipe()
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let writer = input.fileHandleForWriting
        let frames = (1...8).map(video.frame(seed:))
        try writer.write(contentsOf: Data(video.header.utf8))
        let start = ContinuousClock.now
        let count = watchSeconds * video.framesPerSecond
        var learnt = (seconds: 0.0, at: start)
        for number in 0..<count {
            try writer.write(contentsOf: Data("FRAME\n".utf8) + frames[number % frames.count])
            let due = start + .seconds(Double(number + 1) / Double(video.framesPerSecond))
            Thread.sleep(forTimeInterval: max(0, (due - .now) / .seconds(1)))
            if number == count / 4 { learnt = (try processorSeconds(of: process), .now) }
        }
        let used = try processorSeconds(of: process) - learnt.seconds
        let corePercent = 100 * used / ((ContinuousClock.now - learnt.at) / .seconds(1))
        let peak = try kilobytes("VmHWM", of: process)
        try writer.close()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw FootprintError(message: "the replay failed") }
        return (peak / 1024, corePercent)
    }

    /// Time that a process has had on processors, in seconds.
    private func processorSeconds(of process: Process) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
        // Fields 14 and 15, in ticks; the second is a name in parentheses, which may have blanks.
        let fields = text.suffix(from: text.lastIndex(of: ")") ?? text.startIndex).split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
            throw FootprintError(message: "/proc has no times of the agent")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private func kilobytes(_ key: String, of process: Process) throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        for line in status.split(separator: "\n") where line.hasPrefix(key + ":") {
            if let value = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) }) {
                return value
            }
        }
        throw FootprintError(message: "/proc has no \(key) of the agent")
    }

    private func start(_ path: String, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func run(_ path: String, _ arguments: [String]) throws {
        let process = try start(path, arguments)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw FootprintError(message: "\(path) ended with \(process.terminationStatus)")
        }
    }
}

/// Why a footprint could not be measured.
struct FootprintError: Error, CustomStringConvertible {
    let message: String
    var description: String { "footprint: \(message)" }
}

/// The configuration of an agent that waits.
enum FootprintConfiguration {
    static func waitingForCamera(directory: String) -> String {
        """
        target: moon
        station: {name: footprint, authority: psws.test, role: test, contact: {title: Footprint}}
        site: {longitude: 1.5 deg, latitude: 43.5 deg, height: 150 m}
        camera: {kind: v4l2, v4l2: {device: \(directory)/no-camera}}
        outbox: {directory: \(directory)/outbox}
        broker: {host: 127.0.0.1, port: 9}

        """
    }
}
