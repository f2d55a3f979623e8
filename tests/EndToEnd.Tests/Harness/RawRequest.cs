using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>A connection over which a request is written byte by byte, as no proper client would.</summary>
public sealed class RawRequest : IAsyncDisposable
{
    private readonly TcpClient connection;
    private readonly NetworkStream stream; // It gives what was received even when the server has hung up.

    private RawRequest(TcpClient connection) => (this.connection, stream) = (connection, connection.GetStream());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Connects.</summary>
    public static async Task<RawRequest> Open(Uri server)
    {
        var connection = new TcpClient { NoDelay = true };
        try
        {
            await connection.ConnectAsync(server.Host, server.Port, Stop);
            return new RawRequest(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes some of it.</summary>
    public async Task Send(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Stop);

    /// <summary>Whether the server has not hung up yet; what it says before counts as hanging up.</summary>
    public async Task<bool> TrySend(string text)
    {
        try
        {
            if (connection.Available > 0 || connection.Client.Poll(0, SelectMode.SelectRead))
                return false;
            await Send(text);
            return true;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            return false;
        }
    }

    /// <summary>
    /// The answer up to the end of its first piece that holds a whole header and, where it has one, body.
    /// </summary>
    public async Task<string> Answer()
    {
        var answer = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, Stop) is > 0 and var length)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, length));
            if (IsWhole(answer.ToString()))
                break;
        }

        return answer.ToString();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsWhole(string answer)
    {
        if (answer.Split("\r\n\r\n", 2) is not [var header, var body])
            return false;
        return header.Contains("chunked", StringComparison.OrdinalIgnoreCase)
            ? body.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            : LengthOf(header) is not { } length || Encoding.UTF8.GetByteCount(body) >= length;
    }

    private static int? LengthOf(string header)
    {
        const string Name = "Content-Length:";
        var line = header.Split("\r\n").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        return line is null ? null : int.Parse(line[Name.Length..], null);
    }
}
