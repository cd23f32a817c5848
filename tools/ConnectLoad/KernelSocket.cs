using System.Net;
using System.Net.Sockets;
using Tmds.Linux;

namespace ConnectLoad;

/// <summary>
/// A TCP socket by plain system calls. <see cref="Socket"/> puts work of its own around <c>connect(2)</c>, which would
/// be measured too, and hides the errno. The only unsafe code of this program.
/// </summary>
internal sealed unsafe class KernelSocket : IDisposable
{
    private const int SocketAddressCapacity = 128;

    private int _descriptor;

    private KernelSocket(int descriptor)
    {
        _descriptor = descriptor;
    }

    /// <summary>A new socket, dual-mode if it is an IPv6 one.</summary>
    /// <exception cref="SocketCallException">The kernel refused.</exception>
    public static KernelSocket Open(AddressFamily family, SocketWait wait)
    {
        int domain = family == AddressFamily.InterNetworkV6 ? LibC.AF_INET6 : LibC.AF_INET;
        int flags = LibC.SOCK_CLOEXEC | (wait == SocketWait.Never ? LibC.SOCK_NONBLOCK : 0);
        KernelSocket socket = new(Check("socket", LibC.socket(domain, LibC.SOCK_STREAM | flags, 0)));
        if (family == AddressFamily.InterNetworkV6)
        {
            socket.SetOption(LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, 0);
        }

        return socket;
    }

    /// <summary>The address and port the kernel has for this side.</summary>
    /// <remarks>After a refused blocking connect the port is still there, but the address is 0.0.0.0 or ::.</remarks>
    public IPEndPoint LocalEndPoint
    {
        get
        {
            byte* buffer = stackalloc byte[SocketAddressCapacity];
            socklen_t length = SocketAddressCapacity;
            Check("getsockname", LibC.getsockname(_descriptor, (sockaddr*)buffer, &length));
            return SocketAddressBytes.ReadEndPoint(new ReadOnlySpan<byte>(buffer, (int)(uint)length));
        }
    }

    /// <summary>Has the runtime resolve what <see cref="Connect"/> calls: the first one is not slower then.</summary>
    public static void WarmUp() => new KernelSocket(-1).Connect(default);

    /// <summary>One <c>connect(2)</c>: 0 or an errno.</summary>
    public int Connect(ReadOnlySpan<byte> address)
    {
        fixed (byte* pointer = address)
        {
            return LibC.connect(_descriptor, (sockaddr*)pointer, (socklen_t)address.Length) == 0 ? 0 : LibC.errno;
        }
    }

    /// <summary>Waits with <c>poll(2)</c> until POLLOUT or an error; false if neither came in time.</summary>
    public bool WaitUntilWritable(int timeoutMilliseconds)
    {
        pollfd watched = new() { fd = _descriptor, events = LibC.POLLOUT };
        return Check("poll", LibC.poll(&watched, 1, timeoutMilliseconds)) != 0;
    }

    /// <summary>Takes the pending error (SO_ERROR): 0 or an errno.</summary>
    public int TakeError()
    {
        int error;
        socklen_t length = sizeof(int);
        Check("getsockopt", LibC.getsockopt(_descriptor, LibC.SOL_SOCKET, LibC.SO_ERROR, &error, &length));
        return error;
    }

    /// <summary>Binds to a local address; port 0 lets the kernel choose.</summary>
    public void Bind(IPEndPoint local)
    {
        SetOption(LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1);
        byte[] address = SocketAddressBytes.Write(local);
        fixed (byte* pointer = address)
        {
            Check("bind", LibC.bind(_descriptor, (sockaddr*)pointer, (socklen_t)address.Length));
        }
    }

    /// <summary>Makes closing reset the connection (SO_LINGER 0), so that no port waits in TIME_WAIT.</summary>
    /// <remarks>
    /// For the connecting side only: sockets inherit it from their listener, and a reset from there could overtake the
    /// return of connect.
    /// </remarks>
    public void ResetOnClose()
    {
        linger reset = new() { l_onoff = 1, l_linger = 0 };
        SetOption(LibC.SOL_SOCKET, LibC.SO_LINGER, &reset, sizeof(linger));
    }

    /// <summary>Starts to listen.</summary>
    public void Listen(int backlog) => Check("listen", LibC.listen(_descriptor, backlog));

    /// <summary>Waits for a connection, takes it and closes it; false if it was gone before.</summary>
    public bool AcceptAndClose()
    {
        int accepted = LibC.accept4(_descriptor, null, null, LibC.SOCK_CLOEXEC);
        return accepted >= 0 && LibC.close(accepted) == 0;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose()
    {
        int descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
        {
            _ = LibC.close(descriptor);
        }
    }

    private static int Check(string call, int result) =>
        result >= 0 ? result : throw new SocketCallException(call, LibC.errno);

    private void SetOption(int level, int name, int value) => SetOption(level, name, &value, sizeof(int));

    private void SetOption(int level, int name, void* value, int size) =>
        Check("setsockopt", LibC.setsockopt(_descriptor, level, name, value, (socklen_t)size));
}
