using System.Net;
using System.Text;
using System.Text.Json;
using Gatehouse.Domain;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Apis.Temporal;

/// <summary>
/// Reads a body as multipart/form-data, as a JSON object, or else as an URL-encoded form. JSON is told by its brace,
/// because clients send it under any content type. Strict UTF-8; each field at most once; never more than the server
/// lets a body be, and never on the disk.
/// </summary>
internal static class FormReader
{
    private const int MostFields = 50;
    private const int LongestBoundary = 70;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions StrictJson = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>
    /// The fields. Refuses with <see cref="Reason.MalformedRequest"/> or <see cref="Reason.Ambiguous"/>.
    /// </summary>
    public static async Task<Outcome<Form>> Read(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var bytes = buffer.ToArray();
        try
        {
            var fields = await Fields(http, bytes);
            return fields.DistinctBy(field => field.Name, StringComparer.Ordinal).Count() == fields.Count
                ? new Form(fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal))
                : Reason.Ambiguous;
        }
        catch (Exception unreadable) when (IsOfTheBody(unreadable))
        {
            return Reason.MalformedRequest;
        }
    }

    private static async Task<IReadOnlyList<(string Name, string Value)>> Fields(HttpContext http, byte[] bytes)
    {
        if (BoundaryOf(http.Request) is { } boundary) return await FromMultipart(bytes, boundary, http.RequestAborted);
        return bytes.AsSpan().Trim(" \t\r\n"u8) is [(byte)'{', ..] ? FromJson(bytes) : FromUrlEncoded(bytes);
    }

    private static string? BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return null;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= LongestBoundary
            ? boundary
            : throw new InvalidDataException("A boundary has 1 to 70 characters (RFC 2046 5.1.1).");
    }

    /// <summary>Files are passed over: no field of this dialect is one.</summary>
    private static async Task<IReadOnlyList<(string Name, string Value)>> FromMultipart(
        byte[] bytes, string boundary, CancellationToken stop)
    {
        var fields = new List<(string, string)>();
        var reader = new MultipartReader(boundary, new MemoryStream(bytes));
        while (await reader.ReadNextSectionAsync(stop) is { } section)
        {
            var disposition = section.GetContentDispositionHeader();
            if (disposition?.IsFormDisposition() != true) continue;
            using var value = new MemoryStream();
            await section.Body.CopyToAsync(value, stop);
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            Add(fields, name, StrictUtf8.GetString(value.GetBuffer(), 0, (int)value.Length));
        }

        return fields;
    }

    /// <summary>Only texts are fields; whatever else is in the object is no concern of ours.</summary>
    private static List<(string, string)> FromJson(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes, StrictJson);
        return [.. document.RootElement.EnumerateObject()
            .Where(property => property.Value.ValueKind == JsonValueKind.String)
            .Select(property => (property.Name, property.Value.GetString()!))];
    }

    /// <summary>As the URL standard reads it (url.spec.whatwg.org, 5.1), but for bytes that are no UTF-8.</summary>
    private static List<(string, string)> FromUrlEncoded(byte[] bytes)
    {
        var fields = new List<(string, string)>();
        var text = bytes.AsSpan();
        foreach (var range in text.Split((byte)'&'))
        {
            var pair = text[range];
            var equals = pair.IndexOf((byte)'=');
            if (pair.IsEmpty) continue;
            if (equals < 0) Add(fields, Decode(pair), "");
            else Add(fields, Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
        }

        return fields;
    }

    private static void Add(List<(string, string)> fields, string name, string value)
    {
        if (fields.Count == MostFields) throw new InvalidDataException("There are too many fields.");
        fields.Add((name, value));
    }

    private static string Decode(ReadOnlySpan<byte> part) =>
        StrictUtf8.GetString(WebUtility.UrlDecodeToBytes(part.ToArray(), 0, part.Length));

    private static bool IsOfTheBody(Exception exception) => exception is InvalidDataException or IOException
        or JsonException or DecoderFallbackException or InvalidOperationException;
}
