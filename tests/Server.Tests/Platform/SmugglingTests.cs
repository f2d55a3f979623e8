using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>A request that two readers could end at two places is refused, its connection closed (T85).</summary>
[Costly]
public sealed class SmugglingTests
{
    private const string Post = "POST /api/signup HTTP/1.1\r\nHost: a\r\n";
    private const string Smuggled = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

    public static TheoryData<string, string> Framings => new()
    {
        { "two lengths", $"{Post}Content-Length: 0\r\nContent-Length: {Smuggled.Length}\r\n\r\n{Smuggled}" },
        { "two lengths in one", $"{Post}Content-Length: 0, {Smuggled.Length}\r\n\r\n{Smuggled}" },
        { "negative length", $"{Post}Content-Length: -1\r\n\r\n{Smuggled}" },
        { "length in hexadecimal", $"{Post}Content-Length: 0x0\r\n\r\n{Smuggled}" },
        { "length too large for a number", $"{Post}Content-Length: 99999999999999999999\r\n\r\n{Smuggled}" },
        { "unknown transfer coding", $"{Post}Transfer-Encoding: cow\r\n\r\n{Smuggled}" },
        { "chunked not last", $"{Post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{Smuggled}" },
        { "chunk size no number", $"{Post}Transfer-Encoding: chunked\r\n\r\nx\r\n\r\n{Smuggled}" },
        { "chunk size negative", $"{Post}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n{Smuggled}" },
        { "chunk size too large", $"{Post}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n{Smuggled}" },
        { "bare LF in a chunk extension", $"{Post}Transfer-Encoding: chunked\r\n\r\n1;\n{Smuggled}\r\n0\r\n\r\n" },
        { "bare LF behind a chunk size", $"{Post}Transfer-Encoding: chunked\r\n\r\n1\nZ\r\n0\r\n\r\n{Smuggled}" },
        { "chunk longer than it says", $"{Post}Transfer-Encoding: chunked\r\n\r\n1\r\nZZ\r\n0\r\n\r\n{Smuggled}" },
        { "blank before the colon", $"{Post}Content-Length : 0\r\n\r\n{Smuggled}" },
        { "folded header", $"{Post}X-A: b\r\n Content-Length: 0\r\n\r\n{Smuggled}" },
        { "header without a name", $"{Post}: b\r\n\r\n{Smuggled}" },
        { "header without a colon", $"{Post}nonsense\r\n\r\n{Smuggled}" },
        { "NUL in a header", $"{Post}X-A: b\0c\r\n\r\n{Smuggled}" },
        { "bare CR in a header", $"{Post}X-A: b\rContent-Length: 0\r\n\r\n{Smuggled}" },
        { "no host", $"POST /api/signup HTTP/1.1\r\n\r\n{Smuggled}" },
        { "two hosts", $"{Post}Host: b\r\n\r\n{Smuggled}" },
        { "unknown version", $"POST /api/signup HTTP/9.9\r\nHost: a\r\n\r\n{Smuggled}" },
        { "blank in the path", $"POST /api/signup /x HTTP/1.1\r\nHost: a\r\n\r\n{Smuggled}" },
        { "NUL in the path", $"POST /api/sign%00up\0 HTTP/1.1\r\nHost: a\r\n\r\n{Smuggled}" },
        { "endless header", $"{Post}X-A: {new string('a', 70_000)}\r\n\r\n{Smuggled}" },
    };

    [Theory, MemberData(nameof(Framings))]
    public async Task Ambiguous_framing_is_refused_and_the_connection_closed(string name, string request)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (text, closed) = await RawHttp.Send(server.Address, request);
        Assert.True(closed, $"{name}: the connection stays open after {text}");
        Assert.DoesNotContain("HTTP/1.1 200", text, StringComparison.Ordinal);
        Assert.True(Refusals(text) <= 1, $"{name}: {text}");
        Assert.Empty(await server.ReadMail());
    }

    [Fact]
    public async Task Length_beside_chunks_ends_the_connection_after_one_answer()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (text, closed) = await RawHttp.Send(
            server.Address, $"{Post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}");
        Assert.True(closed, text);
        Assert.Equal(1, Refusals(text));
        Assert.DoesNotContain("alive", text, StringComparison.Ordinal);
    }

    private static int Refusals(string text) => text.Split("HTTP/1.1 4").Length - 1;
}
