using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.Passwords;

/// <summary>
/// The one rule for every new password: long enough, not too long, not common, not known to have been stolen, not the
/// name it protects.
/// </summary>
public sealed class HashNewPassword(PasswordHashing hashing, BreachedPasswords breached, Settings settings)
{
    /// <summary>
    /// The hash to store. Refuses with <see cref="Reason.Required"/>, <see cref="Reason.TooShort"/>,
    /// <see cref="Reason.TooLong"/>, <see cref="Reason.TooCommon"/>, <see cref="Reason.SameAsIdentity"/> or
    /// <see cref="Reason.Busy"/>.
    /// </summary>
    public async Task<Outcome<string>> Run(string? text, IReadOnlyList<string> identities, CancellationToken stop)
    {
        if (!Password.Parse(text).Is(out var password, out var refusal)) return refusal;
        if (Weakness(password, identities) is { } weakness) return weakness;
        if (await breached.Contains(password, stop)) return TooCommon;
        return await hashing.Hash(password, stop);
    }

    private static Refusal TooCommon => new(Reason.TooCommon, Field.Password);

    private Refusal? Weakness(Password password, IReadOnlyList<string> identities)
    {
        var (text, minimum) = (password.Text.Reveal(), settings.Accounts.PasswordMinimum);
        if (password.Length < minimum) return new Refusal(Reason.TooShort, Field.Password, Number: minimum);
        if (CommonPasswords.Contains(text)) return TooCommon;
        return identities.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? new Refusal(Reason.SameAsIdentity, Field.Password)
            : null;
    }
}
