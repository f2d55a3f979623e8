using System.Security.Cryptography;
using Gatehouse.Domain;
using OtpNet;

namespace Gatehouse.Platform;

/// <summary>
/// Codes of authenticator apps (RFC 6238: SHA-1, 6 digits, 30 s; one step early or late is accepted) and the recovery
/// codes that stand in for them.
/// </summary>
public static class TotpCodes
{
    private const int SecretBytes = 20;
    private const int RecoveryCharacters = 16;
    private const int RecoveryGroup = 4;
    private const int StepSeconds = 30;
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new secret of 160 bits (RFC 4226 section 4, R6).</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The address that authenticator apps read from a QR code; short, so that it fits a terminal.</summary>
    public static string AddressOf(byte[] secret, string issuer, string email) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(email)}"
        + $"?secret={Base32Encoding.ToString(secret).TrimEnd('=')}&issuer={Uri.EscapeDataString(issuer)}";

    /// <summary>The time step that a code belongs to; null when it belongs to none around now.</summary>
    public static long? StepOf(byte[] secret, string code, DateTime now)
    {
        if (!OneTimeToken.IsCode(code)) return null;
        var window = new VerificationWindow(previous: 1, future: 1);
        return new Totp(secret, StepSeconds).VerifyTotp(now, code, out var step, window) ? step : null;
    }

    /// <summary>A recovery code of 80 bits, in four groups.</summary>
    public static Secret NewRecoveryCode()
    {
        var text = RandomNumberGenerator.GetString(Crockford, RecoveryCharacters);
        return new Secret(string.Join('-', text.Chunk(RecoveryGroup).Select(group => new string(group))));
    }

    /// <summary>
    /// The hash of a recovery code as somebody typed it, with or without hyphens, in any case; null when it is none.
    /// </summary>
    public static byte[]? HashOfRecoveryCode(this MasterKey key, Guid accountId, string code)
    {
        var plain = string.Concat(code.ToUpperInvariant().Where(c => c is not ('-' or ' ')))
            .Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return plain.Length == RecoveryCharacters && plain.All(Crockford.Contains)
            ? key.Hash(HashPurpose.OneTimeToken, $"recovery {accountId:D} {plain}")
            : null;
    }

    /// <summary>Seals a secret so that it opens for its own account alone.</summary>
    public static byte[] SealFactor(this MasterKey key, Guid accountId, byte[] secret) =>
        key.Seal(secret, Context(accountId));

    /// <summary>Opens what <see cref="SealFactor"/> made.</summary>
    public static byte[] OpenFactor(this MasterKey key, SecondFactor factor) =>
        key.Open(factor.SealedSecret, Context(factor.AccountId));

    private static string Context(Guid accountId) => $"factor {accountId:D}";
}
