using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>A program at all places of a USDT probe, and the descriptions of their arguments.</summary>
internal sealed class UsdtLink(BpfProgram program, UsdtTarget target, UsdtSpecMap map)
    : BpfLink(program, target, "USDT")
{
    private readonly BpfLinkSet _links = new();
    private readonly Dictionary<string, uint> _specs = new(StringComparer.Ordinal);
    private readonly List<ulong> _addresses = [];
    private UsdtAddressMap? _addressMap;

    /// <summary>Takes over the attachment at one place, or at several.</summary>
    public void Add(BpfLink link) => _links.Add(link);

    /// <summary>The index of a description; places whose arguments are alike share one.</summary>
    public uint AddSpec(string text, ReadOnlySpan<UsdtArgument> arguments, ulong cookie)
    {
        if (!_specs.TryGetValue(text, out uint index))
        {
            index = map.Add(arguments, cookie);
            _specs.Add(text, index);
        }

        return index;
    }

    /// <summary>Says in place of a cookie which description goes with the instruction at an address.</summary>
    public void AddAddress(UsdtAddressMap addresses, ulong address, uint spec)
    {
        _addressMap = addresses;
        addresses.Add(address, spec);
        _addresses.Add(address);
    }

    private protected override void Detach()
    {
        _links.Dispose();
        foreach (ulong address in _addresses)
        {
            _addressMap!.Remove(address);
        }

        _addresses.Clear();
        foreach (uint index in _specs.Values)
        {
            map.Remove(index);
        }

        _specs.Clear();
    }
}
