namespace Gatehouse.Gateways;

/// <summary>A token made of an entered card; works once.</summary>
internal sealed record SandboxToken(string Card, int ExpiryMonth, int ExpiryYear, bool IsUsed = false);

/// <summary>A customer.</summary>
internal sealed record SandboxCustomer(Guid Holder);

/// <summary>A card that is kept for a customer.</summary>
internal sealed record SandboxMethod(string Customer, string Card, int ExpiryMonth, int ExpiryYear);

/// <summary>A page on which a card is entered; the method once it was.</summary>
internal sealed record SandboxPage(string Customer, DateTime ExpiresAt, string? Method = null);

/// <summary>A charge, paid or refused.</summary>
internal sealed record SandboxCharge(
    string Customer, string Method, long Cents, string? Decline = null, long RefundedCents = 0);

/// <summary>Money that was paid back.</summary>
internal sealed record SandboxRefund(string Charge, long Cents);
