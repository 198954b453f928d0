// SPDX-License-Identifier: Apache-2.0

import Camera
import Synchronization

@testable import Agent

/// A board of lines without hardware, each by its name.
struct VirtualBoard: PinBoard {
    var inputs: [String: VirtualInput] = [:]
    var outputs: [String: VirtualOutput] = [:]
    /// Lines that another program has.
    var busy: Set<String> = []

    func find(_ address: PinAddress) throws(PinError) -> PinPlace {
        let name = address.description
        guard inputs[name] != nil || outputs[name] != nil || busy.contains(name) else {
            throw PinError(.missing, place: "'\(name)'", message: "is not there", remedy: "look for it")
        }
        return PinPlace(chip: "gpiochip0", offset: 0, user: busy.contains(name) ? "fan" : nil)
    }

    func input(_ settings: PinSettings, edges: PinEdges) throws(PinError) -> any PinInput {
        let place = try free(settings.address)
        guard let input = inputs[settings.address.description] else {
            throw PinError(.unsupported, place: place, message: "is no input")
        }
        return input
    }

    func output(_ settings: PinSettings, isActive: Bool) throws(PinError) -> any PinOutput {
        let place = try free(settings.address)
        guard let output = outputs[settings.address.description] else {
            throw PinError(.unsupported, place: place, message: "is no output")
        }
        try output.set(isActive: isActive)
        return output
    }

    private func free(_ address: PinAddress) throws(PinError) -> String {
        if try find(address).user != nil {
            throw PinError(.busy, place: "'\(address)'", message: "another program has it", remedy: "stop it")
        }
        return "'\(address)'"
    }
}

/// An input that plays a script, and then raises a flag.
final class VirtualInput: PinInput {
    enum Step {
        /// A change that is reported.
        case edge(Bool)
        /// Nothing is reported; the level is this one all the same.
        case silence(level: Bool)
        /// The line fails.
        case failure
    }

    private struct State {
        var level: Bool
        var steps: [Step]
        var retakes = 0
    }

    private let state: Mutex<State>
    private let end: StopFlag

    init(_ level: Bool, steps: [Step] = [], end: StopFlag = StopFlag()) {
        state = Mutex(State(level: level, steps: steps.reversed()))
        self.end = end
    }

    var retakes: Int { state.withLock { $0.retakes } }

    func read() -> Bool { state.withLock { $0.level } }

    func nextEdge(withinSeconds seconds: Double) throws(PinError) -> PinEdge? {
        let step = state.withLock { state in
            let step = state.steps.popLast()
            switch step {
            case .edge(let level), .silence(let level): state.level = level
            case .failure, nil: break
            }
            return step
        }
        switch step {
        case .edge(let level): return PinEdge(instant: MonotonicInstant(nanosecondsSinceBoot: 0), isActive: level)
        case .silence: return nil
        case .failure: throw PinError(.inputOutput, place: "'virtual'", message: "has failed")
        case nil:
            end.raise()
            return nil
        }
    }

    func retake() { state.withLock { $0.retakes += 1 } }
}

/// An output that remembers what it was told.
final class VirtualOutput: PinOutput {
    private let list = Mutex<[Bool]>([])

    var levels: [Bool] { list.withLock { $0 } }

    func set(isActive: Bool) throws(PinError) { list.withLock { $0.append(isActive) } }
}
