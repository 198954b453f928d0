// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// The numbers under the picture, and why the event is what it is called.
struct EventFacts {
    private static let columnCount = 4
    private static let lineHeight = 26

    private let facts: [(name: String, value: String)]
    private let sentences: [String]

    init(of evidence: Evidence) {
        let event = evidence.event
        let first = event.frameFirst
        var facts: [(String, String)] = [
            ("flux", DecimalText.withError(event.fluxADU, event.fluxErrorADU) + " ADU"),
            ("duration", event.durationSeconds.map { DecimalText.fixed($0, decimals: 3) + " s" } ?? "not known"),
            ("frames", "\(first) to \(event.frameLast)"),
            ("probability", DecimalText.fixed(event.probability, decimals: 3)),
            ("background", DecimalText.fixed(event.backgroundADU, decimals: 1) + " ADU"),
            ("noise", DecimalText.fixed(event.noiseADU, decimals: 2) + " ADU"),
            ("threshold", DecimalText.fixed(event.thresholdSigma, decimals: 1) + " σ"),
            ("saturated", event.saturated ? "yes" : "no"),
        ]
        if let clip = evidence.clip, clip.binning > 1 || clip.step > 1 {
            facts.append(("binning", "\(clip.binning) × \(clip.binning)"))
            facts.append(("every", clip.step == 1 ? "frame" : "\(clip.step) frames"))
        }
        self.facts = facts
        sentences = Array(event.reasons.map(\.sentence).prefix(4))
    }

    /// Height of all lines.
    static func height(_ facts: EventFacts) -> Int {
        (facts.rowCount + facts.sentences.count) * lineHeight + (facts.sentences.isEmpty ? 0 : 12)
    }

    private var rowCount: Int { (facts.count + EventFacts.columnCount - 1) / EventFacts.columnCount }

    /// Draws the numbers in columns and the sentences below.
    func draw(on canvas: inout Canvas, x: Int, y: Int, width: Int) {
        let columnWidth = width / EventFacts.columnCount
        for (number, fact) in facts.enumerated() {
            let left = x + number % EventFacts.columnCount * columnWidth
            let line = y + number / EventFacts.columnCount * EventFacts.lineHeight
            let value = left + TextSize.normal.width(of: fact.name + " ")
            canvas.text(fact.name, x: left, y: line, Palette.quietText)
            canvas.text(
                Canvas.fitted(fact.value, width: left + columnWidth - value - 8), x: value + 4, y: line, Palette.text)
        }
        var line = y + rowCount * EventFacts.lineHeight + 12
        for sentence in sentences {
            canvas.text(Canvas.fitted(sentence, width: width), x: x, y: line, Palette.quietText)
            line += EventFacts.lineHeight
        }
    }
}
