using System.Text;
using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>Somebody with an account.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">The password.</param>
/// <param name="Key">The API key of the sign-up.</param>
/// <param name="UserName">The name that the sign-up gave.</param>
public sealed record Customer(string Email, string Password, string Key, string UserName)
{
    /// <summary>Address and key as the header <c>Authorization</c>.</summary>
    public string Basic => SignUpSteps.Basic(Email, Key);
}

/// <summary>Signing up and logging in over HTTP, step by step as a client does.</summary>
public static class SignUpSteps
{
    public const string Password = "correct horse battery";

    /// <summary>A whole sign-up.</summary>
    public static async Task<Customer> SignUp(
        this TestServer server, string email = "ada@example.org", string password = Password, string? from = null)
    {
        var uuid = await server.StartSignUp(email, from);
        await server.Step(new { uuid, confirmation_code = (await server.ReadMail(email)).Code });
        await server.Step(new { uuid, password });
        var done = await server.Step(new { uuid, tier = "FREE" });
        return new Customer(email, password, done.Data("key"), done.Data("user_name"));
    }

    /// <summary>The first step; the handle for the others.</summary>
    public static async Task<string> StartSignUp(this TestServer server, string email, string? from = null) =>
        (await server.Step(new { email }, from)).Data("uuid");

    /// <summary>One step, which has to succeed.</summary>
    public static async Task<Answer> Step(this TestServer server, object body, string? from = null)
    {
        var answer = await server.Call("POST /api/signup", body, from);
        Assert.True(answer.Status == 200, answer.ToString());
        return answer;
    }

    /// <summary>A log-in with everything in the body.</summary>
    public static Task<Answer> LogIn(this TestServer server, string email, string password, string? from = null) =>
        server.Call("POST /api/login", new { email, password }, from);

    /// <summary>The status that a key gets at <c>GET /api/users</c>.</summary>
    public static async Task<int> StatusOfKey(this TestServer server, string email, string key, string? from = null) =>
        (await server.Call("GET /api/users", from: from, authorization: Basic(email, key))).Status;

    /// <summary>HTTP Basic in UTF-8, nothing escaped.</summary>
    public static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
