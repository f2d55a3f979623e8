using System.Text.Json;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Somebody with an account of <c>/v2</c> and a token.</summary>
internal sealed record Member(TestServer Server, string Name, string Email, string Password, string Token)
{
    public const string UsualPassword = "correct horse battery";

    public string Bearer => $"Bearer {Token}";

    /// <summary>Registers as a browser does.</summary>
    public static Task<Answer> Register(
        TestServer server, string name, string email, string password = UsualPassword, string? from = null) =>
        server.Call("POST /v2/auth/register", Fields(
            ("username", name), ("password", password), ("email_address", email)), from);

    /// <summary>Logs in as the original's samples do.</summary>
    public static Task<Answer> LogIn(
        TestServer server, string name, string password = UsualPassword, string? mfa = null, string? from = null) =>
        server.Call("POST /v2/auth/login", new StringContent(
            JsonSerializer.Serialize(new { username = name, password, mfa_token = mfa })), from);

    /// <summary>An account whose address is not proven, and its token.</summary>
    public static async Task<Member> Unconfirmed(
        TestServer server, string name = "ada", string email = "ada@example.org", string password = UsualPassword)
    {
        Assert.Equal(200, (await Register(server, name, email, password)).Status);
        return new Member(server, name, email, password, await TokenOf(server, name, password));
    }

    /// <summary>An account whose address is proven, and its token.</summary>
    public static async Task<Member> Join(
        TestServer server, string name = "ada", string email = "ada@example.org", string password = UsualPassword)
    {
        Assert.Equal(200, (await Register(server, name, email, password)).Status);
        var link = (await server.ReadMail(email)).Token;
        Assert.Equal(200, (await server.Call($"GET /v2/account/email/verify/{name}/{link}")).Status);
        return new Member(server, name, email, password, await TokenOf(server, name, password));
    }

    public static async Task<string> TokenOf(TestServer server, string name, string password = UsualPassword)
    {
        var answer = await LogIn(server, name, password);
        Assert.True(answer.Status == 200, answer.ToString());
        return answer.Text("token");
    }

    /// <summary>multipart/form-data, as a browser makes it of FormData.</summary>
    public static MultipartFormDataContent Fields(params IEnumerable<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), $"\"{name}\"");
        return form;
    }

    /// <summary>Asks with the token.</summary>
    public Task<Answer> Call(string what, object? body = null, TestServer? node = null) =>
        (node ?? Server).Call(what, body, authorization: Bearer);

    /// <summary>Whether the token still opens the account, in the words of the answer.</summary>
    public async Task<string> Standing(TestServer? node = null) =>
        (await Call("GET /v2/account/token/username", node: node)).ToString();
}

/// <summary>What replies of <c>/v2</c> say.</summary>
internal static class Replies
{
    /// <summary>A value on the top of the body.</summary>
    public static string Text(this Answer answer, string name) =>
        JsonDocument.Parse(answer.Body).RootElement.GetProperty(name).ToString();

    /// <summary>The value of <c>response</c>, as it stands there.</summary>
    public static JsonElement Response(this Answer answer) =>
        JsonDocument.Parse(answer.Body).RootElement.GetProperty("response");
}
