// SPDX-License-Identifier: Apache-2.0

/// Whether the GPIO lines that the configuration names are there, without taking them.
struct PinExamination {
    let pins: PinsConfiguration
    var board: any PinBoard = GPIOBoard()

    private static let subject = "pins"

    func findings() -> [Finding] {
        guard !pins.lines.isEmpty else { return [.ok(Self.subject, "none is configured")] }
        let problems = PinCheck.problems(pins, board: board)
        guard problems.isEmpty else {
            return problems.map {
                .failed(
                    Self.subject, "\($0.place): \($0.message)",
                    remedy: $0.remedy ?? "without its lines the agent does not start")
            }
        }
        return [.ok(Self.subject, pins.lines.map { "\($0.key) at \($0.settings.address)" }.joined(separator: ", "))]
    }
}
