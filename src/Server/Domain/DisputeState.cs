namespace Gatehouse.Domain;

/// <summary>
/// A customer told the bank that a payment was not theirs. This is how far the bank is with it; what was decided stays.
/// </summary>
public enum DisputeState
{
    /// <summary>The bank asks, and has taken nothing yet.</summary>
    Inquiry,

    /// <summary>The bank has taken the money back and decides.</summary>
    Open,

    /// <summary>It is ours after all.</summary>
    Won,

    /// <summary>It is the customer's.</summary>
    Lost,
}
