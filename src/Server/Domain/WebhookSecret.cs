using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Domain;

/// <summary>
/// The secret between us and one address (Standard Webhooks, "Symmetric signatures"): <c>whsec_</c> and 32 random bytes
/// in base64.
/// </summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    /// <summary>A new one.</summary>
    public static Secret Generate() => new(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>
    /// The value of <c>webhook-signature</c>: for each secret <c>v1,</c> and HMAC-SHA-256 over id, time and body, with
    /// a blank between them. Whoever knows one of the secrets finds its own.
    /// </summary>
    public static string Sign(IEnumerable<Secret> secrets, string id, long seconds, string body)
    {
        var signed = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.{body}"));
        return string.Join(' ', secrets.Select(secret =>
            $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed))}"));
    }

    private static byte[] KeyOf(Secret secret) => Convert.FromBase64String(secret.Reveal()[Prefix.Length..]);
}
