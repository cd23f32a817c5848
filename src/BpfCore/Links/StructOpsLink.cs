using BpfCore.Diagnostics;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>
/// Operations of an object in use by the kernel: registered, for example as a TCP congestion control of a name, until
/// the link is disposed.
/// </summary>
/// <remarks>
/// Those of <c>.struct_ops.link</c> are held by a link of the kernel, and can be replaced by others without a gap.
/// Those of <c>.struct_ops</c> are registered by their map alone: they stay, though nothing here runs any more, when a
/// process ends without disposing this.
/// </remarks>
public sealed class StructOpsLink : BpfLink
{
    private readonly SafeFdHandle? _link;
    private readonly BpfMap _map;
    private bool _isDetached;

    private StructOpsLink(BpfMap map, SafeFdHandle? link)
        : base(map.Calls, map.Name, new StructOpsTarget(map.Name), link is null ? "struct_ops map" : "struct_ops link")
    {
        _map = map;
        _link = link;
    }

    /// <summary>Gives operations to the kernel.</summary>
    /// <param name="map">A loaded map of type <see cref="MapType.StructOps"/>, which must outlive the link.</param>
    /// <exception cref="ArgumentException">The map is of another type.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused: EEXIST when something of this name is registered, EINVAL when a function is missing that it
    /// needs, EBUSY when these operations are attached already.
    /// </exception>
    public static StructOpsLink Attach(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        Store(map);
        StructOpsLink link = new(map, map.StructOps!.NeedsLink ? CreateLink(map) : null);
        map.Calls.Observer?.OnAttached(new ProgramAttached(map.Name, link.Target.ToString()!, link.Way));
        return link;
    }

    /// <summary>Puts other operations of the same kind in the place of these, without a gap between them.</summary>
    /// <param name="map">The other map, of <c>.struct_ops.link</c> as well. It must outlive the link.</param>
    /// <exception cref="ArgumentException">The map is of another type.</exception>
    /// <exception cref="InvalidOperationException">These operations are not held by a link.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void Update(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (_link is null)
        {
            throw new InvalidOperationException(
                $"{this}: only operations of SEC(\".struct_ops.link\") can be replaced while they are in use");
        }

        Store(map);
        Errno error = Calls.Bpf.LinkUpdate(_link, map.Handle, expected: null);
        if (error != Errno.None)
        {
            throw Calls.Failure(BpfCommand.LinkUpdate.Call(), $"map {map.Name} in place of {this}", error);
        }
    }

    private protected override SafeFdHandle? KernelHandle => _link;

    private protected override void Detach()
    {
        if (_link is not null)
        {
            _link.Dispose();
        }
        else if (!_isDetached && !_map.Handle.IsClosed)
        {
            StructOpsValue.Remove(Calls, _map.Handle, $"map {_map.Name}");
        }

        _isDetached = true;
    }

    // A value that was stored once cannot change any more; EBUSY then says that it is there.
    private static void Store(BpfMap map)
    {
        StructOpsValue operations = map.StructOps ?? throw new ArgumentException(
            $"map {map.Name} is of type {map.Type}; only loaded maps of type {MapType.StructOps} hold operations",
            nameof(map));
        Errno error = operations.Store(map.Calls, map.Handle);
        if (error != Errno.None && !(operations.NeedsLink && error == Errno.EBUSY))
        {
            throw map.Calls.Failure(BpfCommand.MapUpdate.Call(), $"map {map.Name}", error);
        }
    }

    private static SafeFdHandle CreateLink(BpfMap map) =>
        map.Calls.Bpf.TryLinkCreate(
            new LinkRequest(map.Handle, (uint)AttachType.StructOps), out SafeFdHandle? link, out Errno error)
            ? link
            : throw map.Calls.Failure(BpfCommand.LinkCreate.Call(), $"map {map.Name}", error);
}
