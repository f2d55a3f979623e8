using System.Net.Sockets;
using System.Text;

namespace Gatehouse.Tests.Harness;

/// <summary>Writes bytes to a server as they are, for requests that no proper client would send.</summary>
public static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>All that comes back until the server closes, and whether it did.</summary>
    public static async Task<(string Text, bool Closed)> Send(Uri server, string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Host, server.Port);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        using var patience = new CancellationTokenSource(Patience);
        var (text, buffer) = (new StringBuilder(), new byte[16 * 1024]);
        try
        {
            while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var length)
                text.Append(Encoding.Latin1.GetString(buffer, 0, length));
            return (text.ToString(), Closed: true);
        }
        catch (SocketException)
        {
            return (text.ToString(), Closed: true);
        }
        catch (OperationCanceledException)
        {
            return (text.ToString(), Closed: false);
        }
    }
}
