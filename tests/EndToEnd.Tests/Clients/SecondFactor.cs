using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Clients;

/// <summary>An authenticator app, written on its own after RFC 6238 and RFC 4648.</summary>
internal static class SecondFactor
{
    /// <summary>Turns the factor of an account on, which ends its keys; the recovery codes.</summary>
    public static async Task<string[]> TurnOn(GatehouseServer server, Person person)
    {
        var started = await Post(server, person, "/api/mfa/start", new { });
        Assert.Equal(HttpStatusCode.OK, started.Status);
        var code = CodeNow(started.Data("url"));
        var verified = await Post(server, person, "/api/mfa/verify", new { mfa_token = code });
        Assert.Equal(HttpStatusCode.OK, verified.Status);
        var codes = verified.Body.GetProperty("data").GetProperty("recovery_codes");
        return [.. codes.EnumerateArray().Select(code => code.GetString()!)];
    }

    /// <summary>What the app shows now that scanned this <c>otpauth:</c> address.</summary>
    public static string CodeNow(string url) => CodeOf(url.Split("secret=")[1].Split('&')[0]);

    /// <summary>What the app shows now, or in a while, that this secret was typed into.</summary>
    public static string CodeOf(string secret, TimeSpan later = default) =>
        CodeAt(Base32(secret), TimeProvider.System.GetUtcNow() + later);

    private static Task<Reply> Post(GatehouseServer server, Person person, string path, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = Wire.Basic(person.Email, person.Key);
        return server.Http.Ask(request);
    }

    private static string CodeAt(byte[] secret, DateTimeOffset now)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, now.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The RFC asks for SHA-1, which is no weakness in an HMAC.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return $"{number % 1_000_000:000000}";
    }

    private static byte[] Base32(string text)
    {
        var bits = string.Concat(
            text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
