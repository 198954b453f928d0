// SPDX-License-Identifier: Apache-2.0

/// Whether the board itself will last.
struct BoardExamination {
    var reading = BoardSensors().read()

    private static let subject = "board"
    /// Most boards slow down from 80 degrees on: frames are lost then.
    private static let hotCelsius = 80.0
    private static let wornShare = 0.9

    func findings() -> [Finding] {
        var findings: [Finding] = []
        var facts: [String] = []
        if let temperature = reading.temperatureCelsius {
            if temperature >= Self.hotCelsius {
                findings.append(
                    .warning(
                        Self.subject, "\(temperature.fixed(0)) °C: it slows down, and frames are lost",
                        remedy: "give it a heat sink or a fan, and shade"))
            } else {
                facts.append("\(temperature.fixed(0)) °C")
            }
        }
        if reading.isUnderVoltage == true {
            findings.append(
                .warning(
                    Self.subject, "its supply's voltage was too low since the start",
                    remedy: "a stronger supply, a shorter or thicker cable; cameras draw the most when they start"))
        }
        if let wear = reading.cardWear {
            let share = "the card has \((100 * wear).fixed(0)) % of its life behind it"
            if wear >= Self.wornShare {
                findings.append(.warning(Self.subject, share, remedy: "replace it before it fails"))
            } else {
                facts.append(share)
            }
        }
        if findings.isEmpty, !facts.isEmpty { findings.append(.ok(Self.subject, facts.joined(separator: ", "))) }
        return findings
    }
}
