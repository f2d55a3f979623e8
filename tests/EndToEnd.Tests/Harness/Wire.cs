using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>An answer of the server.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its JSON, or nothing.</param>
/// <param name="Headers">Its headers, without those of the content.</param>
public sealed record Reply(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)
{
    /// <summary>A text below <c>data</c>.</summary>
    public string Data(string name) => Body.GetProperty("data").GetProperty(name).GetString()!;
}

/// <summary>Speaks the <c>/api</c> dialect, as a script would.</summary>
public static class Wire
{
    /// <summary>Sends a body.</summary>
    public static Task<Reply> PostJson(this HttpClient http, string path, object body) =>
        http.Ask(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) });

    /// <summary>Sends a request with an address and a key.</summary>
    public static Task<Reply> AskAs(this HttpClient http, string email, string key, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = Basic(email, key);
        return http.Ask(request);
    }

    /// <summary>Sends a request and reads the answer.</summary>
    public static async Task<Reply> Ask(this HttpClient http, HttpRequestMessage request)
    {
        var stop = TestContext.Current.CancellationToken;
        using (request)
        using (var response = await http.SendAsync(request, stop))
        {
            var text = await response.Content.ReadAsStringAsync(stop);
            var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
            return new Reply(
                response.StatusCode, isJson ? JsonElement.Parse(text) : default, response.Headers);
        }
    }

    /// <summary>The header of an address and a secret as they are.</summary>
    public static AuthenticationHeaderValue Basic(string email, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}:{secret}")));
}
