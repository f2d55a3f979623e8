namespace Gatehouse.Gateways;

/// <summary>
/// Word from the provider that something happened. It only says where to look: what is so is asked there. It may come
/// again, late, or before what it follows from.
/// </summary>
/// <param name="About">What it is about.</param>
/// <param name="ObjectRef">Which one, at the provider.</param>
public sealed record ToldEvent(ToldAbout About, string ObjectRef);

/// <summary>What an event is about.</summary>
public enum ToldAbout
{
    /// <summary>Nothing that concerns us.</summary>
    Other,

    /// <summary>A charge.</summary>
    Charge,

    /// <summary>A page on which a card is entered.</summary>
    CardPage,

    /// <summary>A refund.</summary>
    Refund,

    /// <summary>A dispute.</summary>
    Dispute,
}
