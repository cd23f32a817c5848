namespace TcpConnLat.CommandLine;

/// <summary>The text of <c>--help</c>: 80 columns, every column and option explained.</summary>
internal static class HelpText
{
    /// <summary>The whole text as UTF-8, ending in a newline.</summary>
    public static ReadOnlySpan<byte> Bytes =>
        """
        tcpconnlat - show the latency of TCP connects, system-wide, as they happen

        Usage: tcpconnlat [OPTIONS] [MINIMUM]
               tcpconnlat doctor

        One row for each connect that was answered, by SYN-ACK or by RST (refused). The
        header appears when everything is attached; stop with Ctrl-C. Needs root, or
        the capabilities CAP_BPF and CAP_PERFMON, and a kernel with BTF.

        Arguments:
          MINIMUM             only connects that took at least this many milliseconds;
                              fractions are welcome: 0.1 is 100 microseconds
          doctor              check what this system offers and how tcpconnlat would
                              attach here, and say what to do where it cannot

        Options:
          -p, --pid PID       only connects of this process (thread group ID)
          -4, --ipv4          only IPv4, including IPv4 through an IPv6 socket
          -6, --ipv6          only IPv6
          -t, --timestamp     lead with TIME(s), seconds since the first row
          -L, --lport         add LPORT, the local port
          -c, --count COUNT   stop after COUNT rows
              --duration SECONDS
                              stop after SECONDS (fractions are welcome)
              --attach WAY    auto (default) takes the best way that works; fentry,
                              kprobe, kprobe-tracefs, tp_btf or raw_tp takes that one
                              or fails
              --batch COUNT   auto (default) prints each row at once while connects are
                              rare, and in batches while they come fast; COUNT (1 to
                              1000) always waits for that many on a CPU, at most 50 ms;
                              off never waits. Batches cost the traced program less
          -v, --verbose       show each step of loading and attaching on stderr
          -h, --help          show this text
              --version       show the version

        Columns:
          TIME(s)   seconds since the first row (-t)
          PID       process that called connect, as the initial PID namespace counts
          COMM      its name, the first 12 bytes
          IP        version on the wire: 4 or 6; v4-mapped addresses count as IPv4
          SADDR     local address
          LPORT     local port (-L)
          DADDR     remote address
          DPORT     remote port
          LAT(ms)   milliseconds from entering connect in the kernel to the arrival of
                    the answer; with tp_btf and raw_tp from and to the change of the
                    socket's state, a little later at both ends

        Examples:
          tcpconnlat                  every answered connect
          tcpconnlat -p 181           those of process 181
          tcpconnlat -t -L 10         those of 10 ms and more, with time and local port
          tcpconnlat -c 100 > rows    the first 100, into a file
          sudo tcpconnlat doctor      can it run here, and in which way?

        Exit status: 0 done (also when stopped by SIGINT or SIGTERM, or when the reader
        of a pipe went away), 1 failure, 2 wrong usage.

        """u8;
}
