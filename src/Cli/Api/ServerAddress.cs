using System.Net;

namespace Gatehouse.Cli.Api;

/// <summary>Scheme, host and port of a server; nothing else, so that nothing can hide in it.</summary>
internal sealed record ServerAddress
{
    private readonly Uri origin;

    private ServerAddress(Uri origin) => this.origin = origin;

    /// <summary>The host name without port, as netrc files name it.</summary>
    public string Machine => origin.IdnHost;

    /// <summary>Whether what is sent stays on this machine.</summary>
    public bool IsLoopback =>
        IPAddress.TryParse(origin.IdnHost, out var address)
            ? IPAddress.IsLoopback(address)
            : origin.Host == "localhost";

    /// <summary>Whether nobody on the way can read along.</summary>
    public bool IsPrivate => origin.Scheme == Uri.UriSchemeHttps || IsLoopback;

    /// <summary>The address of a route.</summary>
    /// <param name="path">Begins with a slash. What users gave is escaped in it.</param>
    /// <exception cref="Failure">
    /// A name in it is empty, <c>.</c> or <c>..</c>, which no escaping keeps: the address would be folded into that of
    /// something else (exit code 2).
    /// </exception>
    public Uri Route(string path)
    {
        var segments = path.Split('?')[0].Split('/').Skip(1).Select(Uri.UnescapeDataString);
        if (segments.FirstOrDefault(segment => segment is "" or "." or "..") is { } folded)
            throw Failure.Usage($"`{folded}` is no name and no ID.");
        return new Uri(origin, path);
    }

    /// <summary>As people write it: <c>https://accounts.example.com</c>.</summary>
    public override string ToString() => origin.GetLeftPart(UriPartial.Authority);

    /// <summary>Reads an address.</summary>
    /// <param name="text">For example <c>https://accounts.example.com</c>.</param>
    /// <param name="source">Where it was found, for the message.</param>
    /// <exception cref="Failure">It is no address, or holds more than one (exit code 2).</exception>
    public static ServerAddress Parse(string text, string source)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw Failure.Usage($"`{text}` ({source}) is no server address; write it like https://example.com.");

        if (uri.UserInfo.Length > 0)
            throw Failure.Usage(
                $"The server address of {source} holds a user name or password; give them to `login` instead.");

        if (uri.PathAndQuery != "/" || uri.Fragment.Length > 0)
            throw Failure.Usage($"`{text}` ({source}) goes on after the host; write only scheme, host and port.");

        return new ServerAddress(uri);
    }
}
