// SPDX-License-Identifier: Apache-2.0

/// Tells the handlers of a connection that the broker shuts down: finish what is in flight, then close.
struct BrokerIsClosing: Sendable {}
