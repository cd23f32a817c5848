using System.Globalization;
using System.Text.RegularExpressions;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>nftables rules for what arrives in a namespace, removed when disposed.</summary>
internal sealed partial class PacketFilter : IDisposable
{
    private const string Table = "inet tcpconnlat_test";
    private const string Counter = "seen";

    private readonly NetworkNamespace _home;

    private PacketFilter(NetworkNamespace home)
    {
        _home = home;
    }

    /// <summary>Adds rules; in them <c>counter name seen</c> counts packets.</summary>
    public static PacketFilter Add(NetworkNamespace home, params string[] rules)
    {
        string ruleset = $$"""
            table {{Table}} {
                counter {{Counter}} { }
                chain arriving {
                    type filter hook input priority 0;
                    {{string.Join("\n", rules)}}
                }
            }

            """;
        ChildProcess.RunWithInput(ruleset, [.. home.Prologue, "nft", "-f", "-"]);
        return new PacketFilter(home);
    }

    /// <summary>Drops the first SYN to each of the ports; the retransmitted one passes.</summary>
    public static PacketFilter DropFirstSyn(NetworkNamespace home, params int[] ports) =>
        Add(home, [.. ports.Select(port => string.Create(
            CultureInfo.InvariantCulture,
            $"tcp dport {port} tcp flags & (syn|ack) == syn numgen inc mod 1000000 0 counter name {Counter} drop"))]);

    /// <summary>How many packets were counted.</summary>
    public int CountSeen()
    {
        string text = ChildProcess.Run([.. _home.Prologue, "nft", "list", "counter", .. Table.Split(' '), Counter]);
        return int.Parse(PacketCount().Match(text).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose() => ChildProcess.Run([.. _home.Prologue, "nft", "delete", "table", .. Table.Split(' ')]);

    [GeneratedRegex(@"packets (\d+)")]
    private static partial Regex PacketCount();
}
