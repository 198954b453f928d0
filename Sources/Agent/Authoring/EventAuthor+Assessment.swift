// SPDX-License-Identifier: Apache-2.0

import Detection
import VOEvent

extension EventAuthor {
    /// How well the event is established: its class and the codes of the reasons, in the words of `EventClass`.
    func assessment(of event: DetectedEvent) -> [What.Param] {
        [
            PSWSVocabulary.eventClass.param(event.eventClass.rawValue),
            PSWSVocabulary.classReasons.param(event.reasons.map(\.code).joined(separator: " ")),
        ]
    }
}
