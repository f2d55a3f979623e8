namespace Gatehouse.Domain;

/// <summary>What an account may use. A tier belongs to the account, never to a single app or database.</summary>
public enum Tier
{
    /// <summary>No card needed, tightly limited.</summary>
    Free,

    /// <summary>Paid by use.</summary>
    Standard,
}
