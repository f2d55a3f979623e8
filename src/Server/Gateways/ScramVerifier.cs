using System.Security.Cryptography;
using System.Text;
using Gatehouse.Domain;

namespace Gatehouse.Gateways;

/// <summary>
/// What PostgreSQL keeps of a password (RFC 5802 3; postgresql.org, 53.8). Made here, so that the password itself
/// stands in no statement and in no log of the server.
/// </summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;
    private const int SaltBytes = 16;
    private const int PasswordLength = 32;

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A password that nobody guesses, of letters that need no escape in an address.</summary>
    public static Secret NewPassword() => new(RandomNumberGenerator.GetString(Letters, PasswordLength));

    /// <summary>Of a password in ASCII.</summary>
    public static string Of(Secret password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.ASCII.GetBytes(password.Reveal()), salt, Iterations, HashAlgorithmName.SHA256,
            SHA256.HashSizeInBytes);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}$"
            + $"{Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
