// SPDX-License-Identifier: Apache-2.0

extension DeliveryProgress {
    /// The event that it is about; nil for trouble with the outbox itself.
    var ivorn: String? {
        switch self {
        case .delivered(let entry, _), .refused(let entry, _), .delayed(let entry, _, _): entry.ivorn
        case .failed: nil
        }
    }

    /// What happened, for the journal and for people.
    public var sentence: String {
        switch self {
        case .delivered(let entry, let response):
            "the broker \(response.map { "\($0) " } ?? "")has acknowledged \(entry.ivorn)"
        case .refused(let entry, let reasons):
            "the broker refused \(entry.ivorn), it is parked: \(reasons.joined(separator: "; "))"
        case .delayed(let entry, let message, let seconds):
            "\(entry.ivorn) could not be sent, next attempt in \(seconds.fixed(1)) s: \(message)"
        case .failed(let error, let seconds):
            "\(error)" + (seconds > 0 ? "; next look in \(seconds.fixed(1)) s" : "")
        }
    }
}
